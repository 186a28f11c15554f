// Package archive examines the ZIP container of the National Certification
// Authority: files, META-INF/NCAManifest.xml with their digests, and CMS signatures
// over the exact bytes of the manifest.
//
// Each file must be in the manifest and each entry of the manifest must be a file,
// so that all that is in the container is signed. Nothing is ever written to disk,
// and names of files are only compared.
package archive

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/base64"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strings"

	"ruqsat/lang"
	"ruqsat/signature"
	"ruqsat/signature/cms"
	"ruqsat/signature/pki"
	"ruqsat/signature/xmldsig"
)

const manifestName = "META-INF/NCAManifest.xml"

// What we take, unpacked: an application with its scans.
const (
	maxFiles    = 256
	maxTotal    = 64 << 20 // bytes, as of one document
	maxManifest = 1 << 20  // bytes
	maxSigs     = 8
)

// rules names this reader and the edition of its rules in a report that ends here.
const rules = "archive 1"

type manifest struct {
	XMLName    xml.Name `xml:"NCAManifest"`
	Signatures []struct {
		URI string `xml:"URI,attr"`
	} `xml:"SigReference"`
	Files []struct {
		URI    string `xml:"URI,attr"`
		Method struct {
			Algorithm string `xml:"Algorithm,attr"`
		} `xml:"DigestMethod"`
		Value string `xml:"DigestValue"`
	} `xml:"DataObjectReference"`
	Other []struct{ XMLName xml.Name } `xml:",any"`
}

// Is reports whether raw begins like a ZIP container.
func Is(raw []byte) bool { return bytes.HasPrefix(raw, []byte("PK\x03\x04")) }

// Verify examines a container: a report for each signer of each signature. There
// is always a report; one says what is wrong with the container, if anything is.
func Verify(ctx context.Context, v *cms.Verifier, raw []byte, want signature.Want, answers ...[]byte) []signature.Report {
	signed, sigs, err := open(raw)
	if err != nil {
		return []signature.Report{refused(v, raw, want, err)}
	}
	var all []signature.Report
	for _, sig := range sigs {
		all = append(all, v.VerifyAll(ctx, signed, sig, want, answers...)...)
	}
	return all
}

// refused is the report of a container that is not whole.
func refused(v *cms.Verifier, raw []byte, want signature.Want, err error) signature.Report {
	r := signature.Report{
		At: want.At, Document: pki.Sum(raw), Signature: pki.Sum(raw), Rules: rules,
		Training: v.Trust().Training(), Test: v.Trust().Test(),
	}
	signature.Examine(&r, signature.Methods{
		signature.Limits: func() signature.Check { return signature.Passed(fmt.Sprintf("container of %d bytes", len(raw))) },
		signature.Container: func() signature.Check {
			if f, ok := errors.AsType[fileError](err); ok {
				return signature.Failed(err.Error(), "signature.archive-file", lang.Args{"file": f.name})
			}
			return signature.Failed(err.Error(), "signature.unreadable")
		},
	})
	return r
}

// A fileError is about one file of the container.
type fileError struct{ name, what string }

func (e fileError) Error() string { return fmt.Sprintf("file %q: %s", e.name, e.what) }

// open returns the manifest and the signatures over it, once every file is seen to
// be the one in the manifest.
func open(raw []byte) (signed []byte, sigs [][]byte, err error) {
	files, err := unpack(raw)
	if err != nil {
		return nil, nil, err
	}
	signed = files[manifestName]
	m, err := readManifest(signed)
	if err != nil {
		return nil, nil, err
	}
	delete(files, manifestName)
	for _, s := range m.Signatures {
		sig, found := files[s.URI]
		if !found || !strings.HasPrefix(s.URI, "META-INF/") {
			return nil, nil, fileError{s.URI, "the signature is not there"}
		}
		sigs = append(sigs, sig)
		delete(files, s.URI)
	}
	for _, f := range m.Files {
		content, found := files[f.URI]
		if !found {
			return nil, nil, fileError{f.URI, "not there, or twice in the manifest"}
		}
		delete(files, f.URI)
		digest := xmldsig.Digest(f.Method.Algorithm)
		if digest == nil {
			return nil, nil, fileError{f.URI, "digest " + f.Method.Algorithm}
		}
		value, err := base64.StdEncoding.Strict().DecodeString(strings.TrimSpace(f.Value))
		if err != nil || !bytes.Equal(value, digest.Sum(content)) {
			return nil, nil, fileError{f.URI, "changed"}
		}
	}
	for name := range files {
		return nil, nil, fileError{name, "not in the manifest"}
	}
	return signed, sigs, nil
}

func readManifest(raw []byte) (manifest, error) {
	var m manifest
	if len(raw) == 0 || len(raw) > maxManifest {
		return m, errors.New("no manifest, or too large a one")
	}
	d := xml.NewDecoder(bytes.NewReader(raw))
	if err := d.Decode(&m); err != nil {
		return m, fmt.Errorf("manifest: %w", err)
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		if rest := bytes.TrimSpace(raw[d.InputOffset():]); len(rest) > 0 || err == nil {
			return m, errors.New("manifest: something after it")
		}
	}
	if len(m.Other) > 0 || len(m.Files) == 0 || len(m.Signatures) == 0 || len(m.Signatures) > maxSigs {
		return m, errors.New("manifest: no files, no signature, or something else")
	}
	return m, nil
}

// unpack returns the files of a container by their names. A name stands once.
func unpack(raw []byte) (map[string][]byte, error) {
	z, err := zip.NewReader(bytes.NewReader(raw), int64(len(raw)))
	if err != nil {
		return nil, err
	}
	if len(z.File) > maxFiles {
		return nil, fmt.Errorf("%d files", len(z.File))
	}
	files, left := map[string][]byte{}, int64(maxTotal)
	for _, f := range z.File {
		if strings.HasSuffix(f.Name, "/") {
			continue // a folder
		}
		if _, twice := files[f.Name]; twice {
			return nil, fileError{f.Name, "stands twice"}
		}
		content, err := read(f, left)
		if err != nil {
			return nil, fileError{f.Name, err.Error()}
		}
		left -= int64(len(content))
		files[f.Name] = content
	}
	return files, nil
}

// read reads a file of at most so many bytes, whatever its header says.
func read(f *zip.File, most int64) (content []byte, err error) {
	r, err := f.Open()
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, r.Close()) }()
	content, err = io.ReadAll(io.LimitReader(r, most+1))
	if err == nil && int64(len(content)) > most {
		err = errors.New("too large")
	}
	return content, err
}

package keyfile

import (
	"bytes"
	"fmt"

	"golang.org/x/crypto/cryptobyte"
	der "golang.org/x/crypto/cryptobyte/asn1"
)

const maxDepth = 32

// toDER writes BER anew as DER: lengths that are not said, and octet strings in
// pieces. Only the authority's key files are BER; its signatures are DER.
func toDER(in []byte) ([]byte, error) {
	out, rest, err := element(in, 0)
	if err == nil && len(rest) > 0 {
		err = errForm
	}
	return out, err
}

func element(in []byte, depth int) (out, rest []byte, err error) {
	if depth > maxDepth || len(in) < 2 || in[0]&0x1f == 0x1f {
		return nil, nil, errForm
	}
	tag, constructed := in[0], in[0]&0x20 != 0
	if in[1] != 0x80 {
		return known(in, constructed, depth)
	}
	if !constructed {
		return nil, nil, errForm
	}
	var parts []byte
	for rest = in[2:]; !bytes.HasPrefix(rest, []byte{0, 0}); {
		var part []byte
		if part, rest, err = element(rest, depth+1); err != nil {
			return nil, nil, err
		}
		parts = append(parts, part...)
	}
	out, err = wrap(tag, parts)
	return out, rest[2:], err
}

// known writes an element whose length is said.
func known(in []byte, constructed bool, depth int) (out, rest []byte, err error) {
	s := cryptobyte.String(in)
	var content cryptobyte.String
	var tag der.Tag
	if !s.ReadAnyASN1(&content, &tag) {
		return nil, nil, errForm
	}
	if !constructed {
		return in[:len(in)-len(s)], s, nil
	}
	var parts []byte
	for left := []byte(content); len(left) > 0; {
		var part []byte
		if part, left, err = element(left, depth+1); err != nil {
			return nil, nil, err
		}
		parts = append(parts, part...)
	}
	out, err = wrap(in[0], parts)
	return out, s, err
}

// wrap puts parts under a tag; the pieces of an octet string become one.
func wrap(tag byte, parts []byte) ([]byte, error) {
	const pieces = 0x24
	if tag == pieces {
		joined, err := join(parts)
		if err != nil {
			return nil, err
		}
		tag, parts = byte(der.OCTET_STRING), joined
	}
	var b cryptobyte.Builder
	b.AddASN1(der.Tag(tag), func(b *cryptobyte.Builder) { b.AddBytes(parts) })
	return b.Bytes()
}

// join returns the content of octet strings that follow one another.
func join(parts cryptobyte.String) ([]byte, error) {
	var all []byte
	for !parts.Empty() {
		var piece []byte
		if !parts.ReadASN1Bytes(&piece, der.OCTET_STRING) {
			return nil, fmt.Errorf("pieces: %w", errForm)
		}
		all = append(all, piece...)
	}
	return all, nil
}

package cms_test

import (
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/asn1"
	"encoding/pem"
	"math/big"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"ruqsat/signature"
	"ruqsat/signature/cms"
)

func TestATrustFolderIsReadInDERAndPEM(t *testing.T) {
	t.Parallel()
	a := newAuthority(t)
	certificates, lists := a.Trust()
	dir := t.TempDir()
	put(t, dir, "root.pem", pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: certificates[0].Raw}))
	put(t, dir, "authority.cer", certificates[1].Raw)
	put(t, dir, "root.crl", lists[0].Raw)
	put(t, dir, "authority.CRL", pem.EncodeToMemory(&pem.Block{Type: "X509 CRL", Bytes: lists[1].Raw}))
	put(t, dir, "README", []byte("not a certificate"))
	trusted, err := cms.LoadTrust(dir)
	if err != nil {
		t.Fatal(err)
	}
	if gaps := trusted.Gaps(received); len(gaps) != 0 {
		t.Errorf("gaps %v, want none", gaps)
	}
	anchors := trusted.Fingerprints()
	if len(anchors) != 2 || !anchors[0].Root || anchors[1].Root || len(anchors[0].SHA256) != 64 || !trusted.Training() {
		t.Errorf("anchors %+v, training %t", anchors, trusted.Training())
	}
	wantsValid(t, verify(cms.New(trusted), sign(t, key(t)(a.Issue(head, a.Always())), received), ofHead))
}

func put(t *testing.T, dir, name string, data []byte) {
	t.Helper()
	if err := os.WriteFile(filepath.Join(dir, name), data, 0o600); err != nil {
		t.Fatal(err)
	}
}

func TestAFolderWithoutARootOrWithRubbishIsNoTrust(t *testing.T) {
	t.Parallel()
	a := newAuthority(t)
	certificates, _ := a.Trust()
	empty, rootless, rubbish := t.TempDir(), t.TempDir(), t.TempDir()
	put(t, rootless, "authority.crt", certificates[1].Raw)
	put(t, rubbish, "root.crt", certificates[0].Raw)
	put(t, rubbish, "other.pem", []byte("-----BEGIN CERTIFICATE-----\nMAA=\n-----END CERTIFICATE-----\n"))
	for _, dir := range []string{empty, rootless, rubbish, filepath.Join(empty, "nowhere")} {
		if _, err := cms.LoadTrust(dir); err == nil || !strings.Contains(err.Error(), dir) {
			t.Errorf("%s: error %v, want one that names the folder", dir, err)
		}
	}
}

// A download cut short at night must not keep the office shut in the morning.
func TestAListThatCannotBeReadIsAGapAndNoFailure(t *testing.T) {
	t.Parallel()
	a := newAuthority(t)
	certificates, lists := a.Trust()
	dir := t.TempDir()
	put(t, dir, "root.crt", certificates[0].Raw)
	put(t, dir, "authority.crt", certificates[1].Raw)
	put(t, dir, "root.crl", lists[0].Raw)
	put(t, dir, "authority.crl", lists[1].Raw[:100])
	trusted, err := cms.LoadTrust(dir)
	if err != nil {
		t.Fatal(err)
	}
	if gaps := trusted.Gaps(received); len(gaps) != 2 {
		t.Errorf("gaps %v, want the file and the missing list", gaps)
	}
	r := verify(cms.New(trusted), sign(t, key(t)(a.Issue(head, a.Always())), received), ofHead)
	wants(t, r, signature.Revocation, signature.Undetermined, "signature.list-missing")
}

func TestTrainingAndRealRootsDoNotMix(t *testing.T) {
	t.Parallel()
	training, _ := newAuthority(t).Trust()
	o := newOddCA(t)
	for _, mixed := range [][]*x509.Certificate{append(training, o.root), {o.root, training[0]}} {
		if _, err := cms.NewTrust(mixed, nil); err == nil {
			t.Error("a training root was taken beside a real one")
		}
	}
}

func TestWhatNoRootVouchesForIsLeftOutAndTold(t *testing.T) {
	t.Parallel()
	a, other := newAuthority(t), newAuthority(t)
	certificates, lists := a.Trust()
	foreign, foreignLists := other.Trust()
	person := key(t)(a.Issue(head, a.Always()))
	trusted, err := cms.NewTrust(append(certificates, foreign[1], person.Certificate), append(lists, foreignLists...))
	if err != nil {
		t.Fatal(err)
	}
	if got := trusted.Problems(); len(got) != 4 {
		t.Errorf("problems %v; want the foreign authority, the person and two lists", got)
	}
	stranger := sign(t, key(t)(other.Issue(head, other.Always())), received)
	wants(t, verify(cms.New(trusted), stranger, ofHead), signature.Chain, signature.Invalid, "signature.unknown-authority")
}

// A list of changes only would say of every other certificate that it is good.
func TestAListWeDoNotUnderstandIsNoList(t *testing.T) {
	t.Parallel()
	o := newOddCA(t)
	critical := []pkix.Extension{{Id: asn1.ObjectIdentifier{2, 5, 29, 27}, Critical: true, Value: []byte{2, 1, 1}}}
	whole := o.list(o.root, o.rootKey)
	entry := x509.RevocationListEntry{SerialNumber: big.NewInt(5), RevocationTime: century, ExtraExtensions: critical}
	for what, template := range map[string]*x509.RevocationList{
		"changes only":         {ExtraExtensions: critical},
		"an entry of another":  {RevokedCertificateEntries: []x509.RevocationListEntry{entry}},
		"a long serial number": {RevokedCertificateEntries: []x509.RevocationListEntry{{SerialNumber: new(big.Int).Lsh(big.NewInt(1), 200), RevocationTime: century}}},
	} {
		template.Number, template.ThisUpdate, template.NextUpdate = big.NewInt(2), o.below.NotBefore, o.below.NotAfter
		der, err := x509.CreateRevocationList(rand.Reader, template, o.below, o.key)
		if err != nil {
			t.Fatal(err)
		}
		odd, err := x509.ParseRevocationList(der)
		if err != nil {
			t.Fatal(err)
		}
		trusted, err := cms.NewTrust([]*x509.Certificate{o.root, o.below}, []*x509.RevocationList{whole, odd})
		if err != nil {
			t.Fatal(err)
		}
		if len(trusted.Problems()) != 1 {
			t.Errorf("%s: problems %v, want one", what, trusted.Problems())
		}
		sig := o.signWith(person(), newKey(t, elliptic.P256()), plainly, nil)
		t.Run(what, func(t *testing.T) {
			wants(t, verify(cms.New(trusted), sig, o.want), signature.Revocation, signature.Undetermined, "signature.list-missing")
		})
	}
}

// Authorities drop a certificate from their lists once it has expired.
func TestAListMadeAfterACertificateExpiredTellsNothingOfIt(t *testing.T) {
	t.Parallel()
	o := newOddCA(t)
	sig := o.signWith(person(), newKey(t, elliptic.P256()), plainly, nil)
	late := o.listOf(o.below, o.key, o.below.NotAfter.AddDate(0, 0, 1))
	v := believe(t)([]*x509.Certificate{o.root, o.below}, []*x509.RevocationList{o.list(o.root, o.rootKey), late})
	wants(t, verify(v, sig, o.want), signature.Revocation, signature.Undetermined, "signature.list-stale")
}

func TestTheLaterOfTwoListsCounts(t *testing.T) {
	t.Parallel()
	o := newOddCA(t)
	k := newKey(t, elliptic.P256())
	p := person()
	sig := o.signWith(p, k, plainly, nil)
	entry := x509.RevocationListEntry{SerialNumber: p.SerialNumber, RevocationTime: century.AddDate(0, -1, 0)}
	root, early := o.list(o.root, o.rootKey), o.list(o.below, o.key)
	late := o.listOf(o.below, o.key, century, entry)
	for _, lists := range [][]*x509.RevocationList{{root, early, late}, {late, early, root}} {
		v := believe(t)([]*x509.Certificate{o.root, o.below}, lists)
		wants(t, verify(v, sig, o.want), signature.Revocation, signature.Invalid, "signature.revoked")
	}
}

// What a root signs is not all an authority.
func TestOnlyAnAuthorityIsTakenForOne(t *testing.T) {
	t.Parallel()
	o := newOddCA(t)
	public := newKey(t, elliptic.P256()).Public()
	signing := person()
	signing.IsCA, signing.BasicConstraintsValid = true, true
	certSign := &x509.Certificate{BasicConstraintsValid: true, KeyUsage: x509.KeyUsageCertSign}
	weak := &x509.Certificate{IsCA: true, BasicConstraintsValid: true, KeyUsage: x509.KeyUsageCertSign}
	for what, c := range map[string]*x509.Certificate{
		"a person":                      o.certify(person(), public, o.root, o.rootKey),
		"one that may not certify":      o.certify(signing, public, o.root, o.rootKey),
		"one that says it is none":      o.certify(certSign, public, o.root, o.rootKey),
		"an authority with a short key": o.certify(weak, newKey(t, elliptic.P224()).Public(), o.root, o.rootKey),
	} {
		trusted, err := cms.NewTrust([]*x509.Certificate{o.root, c}, nil)
		if err != nil {
			t.Fatal(err)
		}
		if len(trusted.Problems()) != 1 || len(trusted.Fingerprints()) != 1 {
			t.Errorf("%s: believed %+v", what, trusted.Fingerprints())
		}
	}
}

func TestARootOutOfDateIsNotBelieved(t *testing.T) {
	t.Parallel()
	o := newOddCA(t)
	old := &x509.Certificate{IsCA: true, BasicConstraintsValid: true, KeyUsage: x509.KeyUsageCertSign | x509.KeyUsageCRLSign}
	old.Subject.CommonName = o.root.Subject.CommonName
	old.SubjectKeyId = o.root.SubjectKeyId
	old.NotAfter = century.AddDate(0, 0, -1)
	root := o.certify(old, o.rootKey.Public(), old, o.rootKey)
	sig := o.signWith(person(), newKey(t, elliptic.P256()), plainly, nil)
	v := believe(t)([]*x509.Certificate{root, o.below}, nil)
	wants(t, verify(v, sig, o.want), signature.Chain, signature.Invalid, "signature.authority-expired")
	if gaps := v.Trust().Gaps(century); len(gaps) != 2 {
		t.Errorf("gaps %v, want the root and the list of the authority", gaps)
	}
}

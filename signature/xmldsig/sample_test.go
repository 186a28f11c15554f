package xmldsig_test

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"ruqsat/signature"
	"ruqsat/signature/pki"
	"ruqsat/signature/xmldsig"
)

func TestPrint(t *testing.T) {
	all, _ := filepath.Glob("../../../../shared/eds-data/xml/*.xml")
	var certs [][]byte
	for _, n := range []string{"root_test_gost_2022.cer", "nca_gost2022_test.cer"} {
		raw, _ := os.ReadFile("../../../../shared/eds-data/ca/test/" + n)
		certs = append(certs, raw)
	}
	tr, err := pki.ReadTrust(certs, nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, n := range all {
		raw, _ := os.ReadFile(n)
		for _, r := range xmldsig.New(tr).VerifyAll(t.Context(), raw, signature.Want{Anyone: true, At: time.Date(2024, 8, 1, 0, 0, 0, 0, time.UTC)}) {
			why, _ := r.Why()
			fmt.Println(filepath.Base(n), r.Outcome, why.Name, why.Say.Key, why.Evidence)
		}
	}
}

package office

import (
	"context"
	"crypto/rand"
	"crypto/subtle"
	"encoding/base64"
	"fmt"
	"strings"

	"golang.org/x/crypto/argon2"

	"ruqsat/lang"
	"ruqsat/party"
	"ruqsat/problem"
	"ruqsat/store"
)

// Cost of a password hash: 19 MiB, two passes, as OWASP advises for argon2id.
const (
	hashMemory = 19 << 10 // KiB
	hashPasses = 2
	hashBytes  = 32
	saltBytes  = 16
)

// MinPassword is how many letters a password must have.
const MinPassword = 10

// hashing bounds how many passwords are hashed at once, each taking 19 MiB.
var hashing = make(chan struct{}, 4)

func hash(password string, salt []byte) []byte {
	hashing <- struct{}{}
	defer func() { <-hashing }()
	return argon2.IDKey([]byte(password), salt, hashPasses, hashMemory, 1, hashBytes)
}

// HashPassword returns the hash of a password in the PHC form.
func HashPassword(password string) string {
	salt := make([]byte, saltBytes)
	_, _ = rand.Read(salt) // never fails
	b64 := base64.RawStdEncoding.EncodeToString
	return fmt.Sprintf("$argon2id$v=19$m=%d,t=%d,p=1$%s$%s", hashMemory, hashPasses, b64(salt), b64(hash(password, salt)))
}

// fits reports whether a password is the one a hash was made of.
func fits(password, phc string) bool {
	parts := strings.Split(phc, "$")
	if len(parts) != 6 {
		return false
	}
	salt, err := base64.RawStdEncoding.DecodeString(parts[4])
	want, err2 := base64.RawStdEncoding.DecodeString(parts[5])
	if err != nil || err2 != nil {
		return false
	}
	return subtle.ConstantTimeCompare(hash(password, salt), want) == 1
}

// nobody is the hash of no password. It is compared with when there is no
// account, so that an unknown login takes as long as a wrong password.
var nobody = HashPassword(rand.Text())

// Enrol registers an employer on the portal by BIN, or IIN, and password (WKO
// 142/2017 ¶ 10(1)).
func (o *Office) Enrol(ctx context.Context, login, password string, name party.Name) (party.Account, error) {
	var f problem.Form
	a := party.Account{ID: newID(), Role: party.Applicant, Name: name, Active: true}
	if number := strings.ReplaceAll(login, " ", ""); party.IsBIN(number) {
		bin, err := party.ParseBIN(number)
		f.Take("login", err)
		a.BIN, a.Login = bin, string(bin)
	} else {
		iin, err := party.ParseIIN(number)
		f.Take("login", err)
		a.IIN, a.BIN, a.Login = iin, party.BIN(iin), string(iin)
	}
	if len([]rune(password)) < MinPassword {
		f.Wrong("password", "office.short-password", lang.Args{"n": MinPassword})
	}
	if strings.TrimSpace(name.Surname) == "" {
		f.Wrong("surname", "procedure.empty")
	}
	if err := f.Err(); err != nil {
		return party.Account{}, err
	}
	return a, o.AddAccount(ctx, a, password)
}

// AddAccount keeps an account that the administrator, or the demo, has made.
func (o *Office) AddAccount(ctx context.Context, a party.Account, password string) error {
	phc := HashPassword(password)
	return o.DB.Do(ctx, func(ctx context.Context, tx store.Tx) error { return tx.AddAccount(ctx, a, phc) })
}

// SignIn returns the account of a login and password (WKO 142/2017 ¶ 10(3),
// condition 1). An unknown login and a wrong password look the same (¶ 10(4),
// process 2).
func (o *Office) SignIn(ctx context.Context, login, password string) (party.Account, error) {
	var a party.Account
	phc := nobody
	err := o.DB.View(ctx, func(ctx context.Context, tx store.ReadTx) error {
		found, kept, ok, err := tx.AccountByLogin(ctx, strings.ReplaceAll(login, " ", ""))
		if ok {
			a, phc = found, kept
		}
		return err
	})
	if err != nil {
		return party.Account{}, err
	}
	if !fits(password, phc) || !a.Active {
		return party.Account{}, problem.New(problem.NotAllowed, "office.wrong-password").Under("WKO 142/2017 ¶ 10(4)")
	}
	return a, nil
}

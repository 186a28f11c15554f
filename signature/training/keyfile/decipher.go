package keyfile

import (
	"bytes"
	"crypto/cipher"
	"crypto/des"
	"crypto/sha1" //nolint:gosec // as the files have it
	"errors"
	"fmt"
	"math/big"
	"unicode/utf16"

	"golang.org/x/crypto/cryptobyte"
	der "golang.org/x/crypto/cryptobyte/asn1"
)

// Purposes of what is derived from a password (RFC 7292 ¶ B.3).
const (
	forKey = 1
	forIV  = 2
	forMAC = 3
)

const (
	block         = 64 // bytes of a block of SHA-1
	maxIterations = 1 << 20
)

// wide returns a password as key files take it: UTF-16, big-endian, with a zero.
func wide(password string) []byte {
	var b []byte
	for _, c := range utf16.Encode([]rune(password)) {
		b = append(b, byte(c>>8), byte(c))
	}
	return append(b, 0, 0)
}

// derive is the derivation of RFC 7292 ¶ B.2 by SHA-1.
func derive(password, salt []byte, purpose byte, iterations, size int) []byte {
	fill := func(p []byte) []byte {
		n := block * ((len(p) + block - 1) / block)
		return bytes.Repeat(p, n/max(1, len(p))+1)[:n]
	}
	diversifier := bytes.Repeat([]byte{purpose}, block)
	in := append(fill(salt), fill(password)...)
	most := new(big.Int).Lsh(big.NewInt(1), 8*block)
	var out []byte
	for len(out) < size {
		sum := sha1.Sum(append(bytes.Clone(diversifier), in...))
		for range iterations - 1 {
			sum = sha1.Sum(sum[:])
		}
		out = append(out, sum[:]...)
		add := new(big.Int).SetBytes(fill(sum[:])[:block])
		add.Add(add, big.NewInt(1))
		for i := 0; i < len(in); i += block {
			n := new(big.Int).SetBytes(in[i : i+block])
			n.Add(n, add).Mod(n, most).FillBytes(in[i : i+block])
		}
	}
	return out[:size]
}

// decipher reads the algorithm from s and deciphers data by it.
func decipher(s *cryptobyte.String, password, data []byte) ([]byte, error) {
	var id, parameters cryptobyte.String
	var oid string
	var salt []byte
	var iterations int
	if !s.ReadASN1(&id, der.SEQUENCE) || !readOID(&id, &oid) || !id.ReadASN1(&parameters, der.SEQUENCE) ||
		!parameters.ReadASN1Bytes(&salt, der.OCTET_STRING) || !parameters.ReadASN1Integer(&iterations) ||
		iterations < 1 || iterations > maxIterations || len(salt) == 0 {
		return nil, errForm
	}
	var by cipher.Block
	var err error
	switch oid {
	case "1.2.840.113549.1.12.1.3":
		by, err = des.NewTripleDESCipher(derive(password, salt, forKey, iterations, 24)) //nolint:gosec // as the files have it
	case "1.2.840.113549.1.12.1.6":
		by = newRC2(derive(password, salt, forKey, iterations, 5), 40)
	default:
		err = fmt.Errorf("cipher %s", oid)
	}
	if err != nil {
		return nil, err
	}
	if len(data) == 0 || len(data)%by.BlockSize() != 0 {
		return nil, errForm
	}
	out := make([]byte, len(data))
	cipher.NewCBCDecrypter(by, derive(password, salt, forIV, iterations, by.BlockSize())).CryptBlocks(out, data)
	padding := int(out[len(out)-1])
	if padding < 1 || padding > by.BlockSize() {
		return nil, errors.New("a wrong password, or a broken file")
	}
	return out[:len(out)-padding], nil
}

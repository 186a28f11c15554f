package gost

import (
	"encoding/binary"
	"hash"
	"math/bits"
	"sync"
)

// A sbox is the substitution of the cipher, of the least half-byte first.
type sbox [8][16]byte

// sboxTest is the parameter set of RFC 5831 ¶ 7.1 that is named after tests, and
// is the one Kazakhstan took for GOST 34.311-95.
var sboxTest = sbox{
	{4, 10, 9, 2, 13, 8, 0, 14, 6, 11, 1, 12, 7, 15, 5, 3},
	{14, 11, 4, 12, 6, 13, 15, 10, 2, 3, 8, 1, 0, 7, 5, 9},
	{5, 8, 1, 13, 10, 3, 4, 2, 14, 15, 12, 7, 6, 0, 9, 11},
	{7, 13, 10, 1, 0, 8, 9, 15, 14, 4, 6, 12, 11, 2, 5, 3},
	{6, 12, 7, 1, 5, 15, 13, 8, 4, 10, 9, 14, 0, 3, 11, 2},
	{4, 11, 10, 0, 7, 2, 1, 13, 3, 6, 8, 5, 9, 12, 15, 14},
	{13, 11, 4, 1, 3, 15, 5, 9, 0, 10, 14, 7, 6, 8, 2, 12},
	{1, 15, 13, 0, 5, 7, 10, 4, 9, 2, 3, 14, 6, 11, 8, 12},
}

// A rotated is a substitution of whole bytes with the rotation by eleven done.
type rotated [4][256]uint32

func (s *sbox) rotated() *rotated {
	t := new(rotated)
	for i := range t {
		for b := range t[i] {
			v := uint32(s[2*i][b&15]) | uint32(s[2*i+1][b>>4])<<4
			t[i][b] = bits.RotateLeft32(v<<(8*i), 11)
		}
	}
	return t
}

var rotatedTest = sync.OnceValue(sboxTest.rotated)

type hash34311 struct {
	t          *rotated
	state, sum [32]byte
	bits       uint64
	waiting    [32]byte
	have       int
}

// New34311 returns the digest GOST 34.311-95, which is GOST R 34.11-94 (RFC 5831)
// with the substitution of its test parameters.
func New34311() hash.Hash { return &hash34311{t: rotatedTest()} }

// Size returns the bytes of a digest.
func (h *hash34311) Size() int { return 32 }

// BlockSize returns the bytes of a block.
func (h *hash34311) BlockSize() int { return 32 }

// Reset begins anew.
func (h *hash34311) Reset() { *h = hash34311{t: h.t} }

// Write takes p in.
func (h *hash34311) Write(p []byte) (int, error) {
	n := len(p)
	for len(p) > 0 {
		c := copy(h.waiting[h.have:], p)
		h.have, p = h.have+c, p[c:]
		if h.have == 32 {
			h.take(&h.waiting, 256)
			h.have = 0
		}
	}
	return n, nil
}

// Sum appends the digest of what was written.
func (h *hash34311) Sum(in []byte) []byte {
	d := *h
	if d.have > 0 {
		clear(d.waiting[d.have:])
		d.take(&d.waiting, uint64(d.have)*8)
	}
	var length [32]byte
	binary.LittleEndian.PutUint64(length[:], d.bits)
	d.step(&length)
	sum := d.sum
	d.step(&sum)
	return append(in, d.state[:]...)
}

// take compresses a block of which some bits count.
func (h *hash34311) take(m *[32]byte, count uint64) {
	h.step(m)
	c := 0
	for i := range h.sum {
		c += int(h.sum[i]) + int(m[i])
		h.sum[i] = byte(c)
		c >>= 8
	}
	h.bits += count
}

// third is the constant of the third key (RFC 5831 ¶ 5.1); the others are zero.
var third = [32]byte{0, 0xff, 0, 0xff, 0, 0xff, 0, 0xff, 0xff, 0, 0xff, 0, 0xff, 0, 0xff, 0,
	0, 0xff, 0xff, 0, 0xff, 0, 0, 0xff, 0xff, 0, 0, 0, 0xff, 0xff, 0, 0xff}

// step is the step function: four keys from state and block, the state enciphered
// by them, and the result shuffled with both (RFC 5831 ¶ 5).
func (h *hash34311) step(m *[32]byte) {
	u, v := h.state, *m
	var s [32]byte
	for i := range 4 {
		if i > 0 {
			shift(&u)
			shift(&v)
			shift(&v)
		}
		if i == 2 {
			xor(&u, &third)
		}
		key := mingle(&u, &v)
		h.encipher(&key, h.state[8*i:], s[8*i:])
	}
	shuffle(&s, 12)
	xor(&s, m)
	shuffle(&s, 1)
	xor(&s, &h.state)
	shuffle(&s, 61)
	h.state = s
}

// encipher enciphers eight bytes by GOST 28147-89.
func (h *hash34311) encipher(key *[32]byte, in, out []byte) {
	var k [8]uint32
	for i := range k {
		k[i] = binary.LittleEndian.Uint32(key[4*i:])
	}
	a, b := binary.LittleEndian.Uint32(in), binary.LittleEndian.Uint32(in[4:])
	for round := range 32 {
		i := round % 8
		if round >= 24 {
			i = 7 - i
		}
		x := a + k[i]
		a, b = b^h.t[0][byte(x)]^h.t[1][byte(x>>8)]^h.t[2][byte(x>>16)]^h.t[3][byte(x>>24)], a
	}
	binary.LittleEndian.PutUint32(out, b)
	binary.LittleEndian.PutUint32(out[4:], a)
}

// shift is the map A of RFC 5831 ¶ 5.1.
func shift(x *[32]byte) {
	var out [32]byte
	copy(out[:], x[8:])
	for i := range 8 {
		out[24+i] = x[i] ^ x[8+i]
	}
	*x = out
}

// mingle is the map P of u ^ v.
func mingle(u, v *[32]byte) (out [32]byte) {
	for i := range 4 {
		for j := range 8 {
			out[i+4*j] = u[8*i+j] ^ v[8*i+j]
		}
	}
	return out
}

// shuffle is the map ψ of RFC 5831 ¶ 5.3, some times over.
func shuffle(x *[32]byte, times int) {
	var w [16]uint16
	for i := range w {
		w[i] = binary.LittleEndian.Uint16(x[2*i:])
	}
	for range times {
		last := w[0] ^ w[1] ^ w[2] ^ w[3] ^ w[12] ^ w[15]
		copy(w[:], w[1:])
		w[15] = last
	}
	for i := range w {
		binary.LittleEndian.PutUint16(x[2*i:], w[i])
	}
}

func xor(x, y *[32]byte) {
	for i := range x {
		x[i] ^= y[i]
	}
}

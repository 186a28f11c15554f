package gost

import (
	"encoding/binary"
	"hash"
	"math/bits"
	"sync"
)

// A block is 64 bytes as a number, least word first.
type block [8]uint64

// tables is the substitution and the linear map of RFC 6986 ¶ 5 in one: of byte j
// of a word with the value b, [j][b].
var tables = sync.OnceValue(func() *[8][256]uint64 {
	t := new([8][256]uint64)
	for j := range t {
		for b := range t[j] {
			for bit := range 8 { // bit of byte j is row 63 − 8j − bit of the matrix
				if pi[b]>>bit&1 != 0 {
					t[j][b] ^= linear[63-8*j-bit]
				}
			}
		}
	}
	return t
})

type streebog struct {
	t                *[8][256]uint64
	state, bits, sum block
	waiting          [64]byte
	have, size       int
}

// New512 returns Streebog with 512 bits: GOST 34.11-2015, RFC 6986.
func New512() hash.Hash { return newStreebog(64) }

// New256 returns Streebog with 256 bits.
func New256() hash.Hash { return newStreebog(32) }

func newStreebog(size int) hash.Hash {
	s := &streebog{t: tables(), size: size}
	s.Reset()
	return s
}

// Reset begins anew.
func (s *streebog) Reset() {
	s.state, s.bits, s.sum, s.have = block{}, block{}, block{}, 0
	if s.size == 32 {
		for i := range s.state {
			s.state[i] = 0x0101010101010101
		}
	}
}

// Size returns the bytes of a digest.
func (s *streebog) Size() int { return s.size }

// BlockSize returns the bytes of a block.
func (s *streebog) BlockSize() int { return 64 }

// Write takes p in.
func (s *streebog) Write(p []byte) (int, error) {
	n := len(p)
	if s.have > 0 {
		c := copy(s.waiting[s.have:], p)
		s.have, p = s.have+c, p[c:]
		if s.have < 64 {
			return n, nil
		}
		s.take(s.waiting[:], 512)
		s.have = 0
	}
	for len(p) >= 64 {
		s.take(p[:64], 512)
		p = p[64:]
	}
	s.have = copy(s.waiting[:], p)
	return n, nil
}

// Sum appends the digest of what was written.
func (s *streebog) Sum(in []byte) []byte {
	d := *s
	clear(d.waiting[d.have:])
	d.waiting[d.have] = 1
	d.take(d.waiting[:], uint64(d.have)*8)
	var zero block
	d.compress(&zero, &d.bits)
	d.compress(&zero, &d.sum)
	var out [64]byte
	for i, w := range d.state {
		binary.LittleEndian.PutUint64(out[8*i:], w)
	}
	return append(in, out[64-d.size:]...)
}

// take compresses 64 bytes of which some bits count.
func (s *streebog) take(p []byte, count uint64) {
	var m block
	for i := range m {
		m[i] = binary.LittleEndian.Uint64(p[8*i:])
	}
	s.compress(&s.bits, &m)
	s.bits.add(&block{count})
	s.sum.add(&m)
}

func (s *streebog) compress(n, m *block) {
	var k block
	n0 := *n
	mixed := *m
	s.mix(&k, &s.state, &n0)
	for i := range rounds {
		c := block(rounds[i])
		s.mix(&mixed, &mixed, &k)
		s.mix(&k, &k, &c)
	}
	for i := range mixed {
		s.state[i] ^= mixed[i] ^ k[i] ^ m[i]
	}
}

// mix sets out to the linear map of the permuted, substituted x ^ y.
func (s *streebog) mix(out, x, y *block) {
	r0, r1, r2, r3 := x[0]^y[0], x[1]^y[1], x[2]^y[2], x[3]^y[3]
	r4, r5, r6, r7 := x[4]^y[4], x[5]^y[5], x[6]^y[6], x[7]^y[7]
	t := s.t
	out[0] = t[0][byte(r0)] ^ t[1][byte(r1)] ^ t[2][byte(r2)] ^ t[3][byte(r3)] ^ t[4][byte(r4)] ^ t[5][byte(r5)] ^ t[6][byte(r6)] ^ t[7][byte(r7)]
	out[1] = t[0][byte(r0>>8)] ^ t[1][byte(r1>>8)] ^ t[2][byte(r2>>8)] ^ t[3][byte(r3>>8)] ^ t[4][byte(r4>>8)] ^ t[5][byte(r5>>8)] ^ t[6][byte(r6>>8)] ^ t[7][byte(r7>>8)]
	out[2] = t[0][byte(r0>>16)] ^ t[1][byte(r1>>16)] ^ t[2][byte(r2>>16)] ^ t[3][byte(r3>>16)] ^ t[4][byte(r4>>16)] ^ t[5][byte(r5>>16)] ^ t[6][byte(r6>>16)] ^ t[7][byte(r7>>16)]
	out[3] = t[0][byte(r0>>24)] ^ t[1][byte(r1>>24)] ^ t[2][byte(r2>>24)] ^ t[3][byte(r3>>24)] ^ t[4][byte(r4>>24)] ^ t[5][byte(r5>>24)] ^ t[6][byte(r6>>24)] ^ t[7][byte(r7>>24)]
	out[4] = t[0][byte(r0>>32)] ^ t[1][byte(r1>>32)] ^ t[2][byte(r2>>32)] ^ t[3][byte(r3>>32)] ^ t[4][byte(r4>>32)] ^ t[5][byte(r5>>32)] ^ t[6][byte(r6>>32)] ^ t[7][byte(r7>>32)]
	out[5] = t[0][byte(r0>>40)] ^ t[1][byte(r1>>40)] ^ t[2][byte(r2>>40)] ^ t[3][byte(r3>>40)] ^ t[4][byte(r4>>40)] ^ t[5][byte(r5>>40)] ^ t[6][byte(r6>>40)] ^ t[7][byte(r7>>40)]
	out[6] = t[0][byte(r0>>48)] ^ t[1][byte(r1>>48)] ^ t[2][byte(r2>>48)] ^ t[3][byte(r3>>48)] ^ t[4][byte(r4>>48)] ^ t[5][byte(r5>>48)] ^ t[6][byte(r6>>48)] ^ t[7][byte(r7>>48)]
	out[7] = t[0][byte(r0>>56)] ^ t[1][byte(r1>>56)] ^ t[2][byte(r2>>56)] ^ t[3][byte(r3>>56)] ^ t[4][byte(r4>>56)] ^ t[5][byte(r5>>56)] ^ t[6][byte(r6>>56)] ^ t[7][byte(r7>>56)]
}

func (b *block) add(x *block) {
	var c uint64
	for i := range b {
		b[i], c = bits.Add64(b[i], x[i], c)
	}
}

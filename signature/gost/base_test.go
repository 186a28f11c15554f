package gost

import (
	"crypto/rand"
	"math/big"
	"testing"
)

func TestTheTablesMultiplyTheBasePointAsTheFormulasDo(t *testing.T) {
	c := Curve512A
	numbers := []*big.Int{big.NewInt(1), big.NewInt(2), big.NewInt(128), big.NewInt(256), new(big.Int).Sub(c.q, big.NewInt(1)), new(big.Int).Add(c.q, big.NewInt(3))}
	for range 20 {
		n, err := rand.Int(rand.Reader, c.q)
		if err != nil {
			t.Fatal(err)
		}
		numbers = append(numbers, n.Add(n, big.NewInt(1)))
	}
	for _, n := range numbers {
		x, y := c.affine(c.multiply(n, &point{c.x, c.y, big.NewInt(1)}))
		if k := c.Base(n); k.x.Cmp(x) != 0 || k.y.Cmp(y) != 0 {
			t.Errorf("%v times the base point is (%v, %v) by tables, want (%v, %v)", n, k.x, k.y, x, y)
		}
	}
}

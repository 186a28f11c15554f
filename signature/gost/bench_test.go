package gost

import "testing"

func BenchmarkField(b *testing.B) {
	x, y := element{1, 2, 3, 4, 5, 6, 7, 8}, element{8, 7, 6, 5, 4, 3, 2, 1}
	for name, op := range map[string]func(){
		"mul": func() { x.mul(&x, &y) }, "sqr": func() { x.sqr(&x) }, "add": func() { x.add(&x, &y) }, "sub": func() { x.sub(&x, &y) },
	} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				op()
			}
		})
	}
}

package gost_test

import (
	"testing"

	"ruqsat/signature/gost"
)

func BenchmarkStreebog(b *testing.B) {
	data := make([]byte, 50<<10)
	b.SetBytes(int64(len(data)))
	for b.Loop() {
		h := gost.New512()
		_, _ = h.Write(data)
		h.Sum(nil)
	}
}

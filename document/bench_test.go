package document_test

import "testing"

// The goal is 3 ms a permit on one core.
func BenchmarkForms(b *testing.B) {
	for name, form := range forms {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			size := 0
			for b.Loop() {
				out, err := form()
				if err != nil {
					b.Fatal(err)
				}
				size = len(out)
			}
			b.ReportMetric(float64(size)/1024, "KB")
		})
	}
}

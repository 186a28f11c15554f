// Bench measures how many cases a second are kept, and how near that comes to the
// bare limit of the database, taken in the same rounds. See README.md.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"runtime/pprof"
	"strconv"
	"strings"
	"sync"
	"time"
)

// A way is one way to keep cases.
type way struct {
	name string
	// limit is the name of the way it is compared with; empty for a limit.
	limit string
	// steps is how many acts a case of it takes; a ratio is of acts a second.
	steps int
	// open readies it for a number of clients, and returns what keeps one case for
	// one of them, in steps.
	open func(ctx context.Context, clients int) (keep func(ctx context.Context, client int) error, close func() error, err error)
}

// steps is how many acts a case takes.
const steps = 9

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := run(ctx); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context) error {
	clients := flag.String("clients", "1,16,64", "how many clients at once")
	rounds := flag.Int("rounds", 3, "how often each way is measured; the median counts")
	length := flag.Duration("for", 3*time.Second, "how long each measurement takes")
	only := flag.String("only", "", "measure only ways whose names contain this, with their limits")
	register := flag.Int("register", 0, "ask the questions of a register of so many permits, and measure nothing else")
	keep := flag.String("in", "", "keep the register on SQLite in this folder, and ask it again if it is there; PostgreSQL is left out")
	profile := flag.String("cpuprofile", "", "write what the processor did to this file")
	flag.Parse()
	open := func() error { return nil }
	if *profile != "" {
		f, err := os.Create(*profile)
		if err != nil {
			return err
		}
		defer f.Close()
		open = sync.OnceValue(func() error { return pprof.StartCPUProfile(f) })
		defer pprof.StopCPUProfile()
	}

	var counts []int
	for _, s := range strings.Split(*clients, ",") {
		n, err := strconv.Atoi(s)
		if err != nil || n < 1 {
			return fmt.Errorf("-clients %s: %q is no number of clients", *clients, s)
		}
		counts = append(counts, n)
	}
	dir, err := os.MkdirTemp("", "ruqsat-bench-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	if *register > 0 {
		if *keep != "" {
			return askSQLite(ctx, os.Stdout, *keep, *register)
		}
		return askRegister(ctx, os.Stdout, dir, *register)
	}
	ways, done, err := allWays(dir)
	if err != nil {
		return err
	}
	defer done()
	for _, n := range counts {
		results, err := compare(ctx, chosen(ways, *only), n, *rounds, *length, open)
		if err != nil {
			return err
		}
		report(os.Stdout, n, results)
	}
	if *only == "" {
		return figures(ctx, os.Stdout, dir)
	}
	return nil
}

// chosen returns the ways whose names contain a word, and their limits.
func chosen(ways []way, word string) []way {
	wanted := map[string]bool{}
	for _, w := range ways {
		if strings.Contains(w.name, word) {
			wanted[w.name], wanted[w.limit], wanted[serverLimit] = true, true, true
		}
	}
	var list []way
	for _, w := range ways {
		if wanted[w.name] {
			list = append(list, w)
		}
	}
	return list
}

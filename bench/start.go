package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"

	"ruqsat/calendar"
	"ruqsat/document"
	"ruqsat/lang"
)

// figures prints what has no limit to be set against but its goal: how long a
// permit takes to set, and how soon and how large the program is.
func figures(ctx context.Context, w io.Writer, dir string) error {
	each, err := permits(2 * time.Second)
	if err != nil {
		return err
	}
	fmt.Fprintf(w, "a permit as PDF: %s (goal 3ms)\n", each.Round(10*time.Microsecond))
	program := filepath.Join(dir, "ruqsat")
	if out, err := exec.CommandContext(ctx, "go", "build", "-trimpath", "-ldflags=-s -w", "-o", program, "./cmd/ruqsat").CombinedOutput(); err != nil {
		return fmt.Errorf("build: %w: %s", err, out)
	}
	info, err := os.Stat(program)
	if err != nil {
		return err
	}
	fmt.Fprintf(w, "the program: %d MB (goal 45)\n", info.Size()>>20)
	for _, state := range []string{"an empty folder (goal 10s)", "a filled folder (goal 2s)"} {
		took, resident, err := start(ctx, program, filepath.Join(dir, "demo"))
		if err != nil {
			return err
		}
		fmt.Fprintf(w, "first page on %s: %s, then resident %s\n", state, took.Round(10*time.Millisecond), resident)
	}
	return nil
}

// permits returns how long one permit takes on one core.
func permits(length time.Duration) (time.Duration, error) {
	d := document.PermitData{
		From: document.Letterhead{Name: lang.Same("Басқарма"), BIN: "220740008203"}, Number: "KZ33IRS00000001", Operation: lang.Same("рұқсат беру"),
		Employer: document.Recipient{Name: lang.Same("«Үлгі» ЖШС"), BIN: "940140000385"}, Latin: "SAMPLE WORKER", Cyrillic: "Сэмпл Уоркер",
		Born: calendar.DateOf(1980, 1, 1), Citizenship: lang.Same("Түркия"), Passport: "T0000001", Category: lang.Same("үшінші санат"),
		Position: lang.Same("инженер-конструктор"), Regions: []lang.Text{lang.Same("Жетісу облысы")}, Valid: today, Until: today.PlusMonths(12), Issued: today,
		Cite: "Order 279 of 2023-06-30", Signatory: document.Signatory{Name: "Үлгібаев Е.", Position: lang.Same("Басқарма басшысы")},
		URL: "https://example.kz/verify?number=KZ33IRS00000001",
	}
	n, began := 0, time.Now()
	for ; time.Since(began) < length; n++ {
		if _, err := document.Permit(d); err != nil {
			return 0, err
		}
	}
	return time.Since(began) / time.Duration(n), nil
}

// start runs the demo until it has answered its first page, and returns how long
// that took and what it takes of memory.
func start(ctx context.Context, program, data string) (took time.Duration, resident string, err error) {
	const addr = "127.0.0.1:18080"
	cmd := exec.CommandContext(ctx, program, "demo", "--data", data, "--addr", addr)
	began := time.Now()
	if err := cmd.Start(); err != nil {
		return 0, "", err
	}
	defer func() {
		_ = cmd.Process.Signal(os.Interrupt)
		_ = cmd.Wait()
	}()
	for time.Since(began) < time.Minute {
		resp, err := http.Get("http://" + addr + "/ru/")
		if err != nil {
			time.Sleep(10 * time.Millisecond)
			continue
		}
		_, _ = io.Copy(io.Discard, resp.Body)
		_ = resp.Body.Close()
		return time.Since(began), memory(cmd.Process.Pid), nil
	}
	return 0, "", errors.New("the demo did not answer within a minute")
}

// memory returns the resident memory of a process, as Linux tells it.
func memory(pid int) string {
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	if err != nil {
		return "unknown"
	}
	for _, line := range strings.Split(string(status), "\n") {
		if kb, ok := strings.CutPrefix(line, "VmRSS:"); ok {
			return strings.TrimSpace(kb)
		}
	}
	return "unknown"
}

// Command ruqsat runs the state service "issue, extension and reissue of permits
// to employers to attract foreign labour". `ruqsat --help` lists what it does.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"

	"github.com/alecthomas/kong"

	"ruqsat/lang"
	"ruqsat/law"
	"ruqsat/problem"
)

// commands are all that ruqsat does.
type commands struct {
	Lang string `help:"Language of messages: kk, ru or en." enum:"kk,ru,en" default:"en" env:"RUQSAT_LANG"`

	LawFile string `name:"law-file" help:"The operator's file of values in place of assumed ones (docs/assumed-values.md)." env:"RUQSAT_LAW" type:"existingfile"`

	Demo       demoCmd       `cmd:"" help:"A department at work, with accounts for every role."`
	Serve      serveCmd      `cmd:"" help:"Serve the pages of a real system."`
	Pages      pagesCmd      `cmd:"" help:"Every page and state with prepared data, and no database."`
	Term       termCmd       `cmd:"" help:"The end of a term, with its explanation."`
	Fee        feeCmd        `cmd:"" help:"What a permit costs."`
	Ratio      ratioCmd      `cmd:"" help:"Local content: whether the ratio of citizens is kept."`
	Category   categoryCmd   `cmd:"" help:"The category of a position."`
	Window     windowCmd     `cmd:"" help:"When an extension may be filed."`
	ID         idCmd         `cmd:"" name:"id" help:"Check an IIN or a BIN."`
	Law        lawCmd        `cmd:"" help:"The rules the program works by."`
	Procedure  procedureCmd  `cmd:"" help:"The steps of the procedure."`
	Calendar   calendarCmd   `cmd:"" help:"Days off that acts moved, and outages."`
	Register   registerCmd   `cmd:"" help:"The register of permits."`
	Quota      quotaCmd      `cmd:"" help:"The quota: what is left, the orders, and their tables."`
	Stats      figuresCmd    `cmd:"" help:"Figures of the register as of a day, by region."`
	Letter     letterCmd     `cmd:"" help:"The reply to a request for information, as PDF."`
	Letterhead letterheadCmd `cmd:"" help:"Enter the letterhead of a region's department."`
	Forms      formsCmd      `cmd:"" help:"Write every printed form, of each operation and category, as PDF."`
	Play       playCmd       `cmd:"" help:"Play scenario files on an empty store."`
	Check      checkCmd      `cmd:"" help:"Recount the quota, replay the events and the log."`
	Log        logCmd        `cmd:"" help:"The transparency log."`
	Package    packageCmd    `cmd:"" help:"Everything of a case in one file, with its proofs; or check such a file."`
	Migrate    migrateCmd    `cmd:"" help:"Bring the tables up to this program."`
	User       userCmd       `cmd:"" help:"People who can sign in."`
	Verify     verifyCmd     `cmd:"" help:"Whether a signature is good, whose it is, and why."`
	Trust      trustCmd      `cmd:"" help:"The authorities whose signatures are believed."`
	StandIn    standInCmd    `cmd:"" help:"Stand in for the registers of other bodies, for trials."`
}

// Exit codes: a problem was found; the command was not understood.
const (
	exitProblem = 1
	exitUsage   = 2
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	os.Exit(run(ctx, os.Args[1:], os.Stdout, os.Stderr))
}

// A console is where a command writes, and in which language.
type console struct {
	io.Writer
	lang lang.Tag
}

// run does what args say and returns the exit code.
func run(ctx context.Context, args []string, out, errs io.Writer) int {
	if err := law.Load(); err != nil {
		fmt.Fprintln(errs, "ruqsat:", err)
		return exitProblem
	}
	var c commands
	stopped := -1
	parser, err := kong.New(&c, kong.Name("ruqsat"), kong.Writers(out, errs),
		kong.Description("Permits to employers to attract foreign labour in Kazakhstan."),
		kong.Exit(func(code int) { stopped = code }))
	if err != nil {
		fmt.Fprintln(errs, "ruqsat:", err)
		return exitProblem
	}
	parsed, err := parser.Parse(args)
	if stopped >= 0 {
		return stopped
	}
	if err != nil {
		fmt.Fprintln(errs, "ruqsat:", err)
		fmt.Fprintln(errs, "Try: ruqsat --help")
		return exitUsage
	}
	if c.LawFile != "" {
		if err := useLaw(c.LawFile); err != nil {
			fmt.Fprintln(errs, "ruqsat:", err)
			return exitProblem
		}
	}
	parsed.BindTo(ctx, (*context.Context)(nil))
	err = parsed.Run(console{out, lang.Tag(c.Lang)})
	return report(errs, lang.Tag(c.Lang), err)
}

// useLaw lays the operator's file of values over the law.
func useLaw(name string) error {
	text, err := os.ReadFile(name)
	if err != nil {
		return err
	}
	return law.Use(name, text)
}

// errFound says that a command has told already what is wrong.
var errFound = errors.New("found a problem")

// speaker is an error that speaks to people, such as that of a bad file.
type speaker interface {
	error
	lang.Speaker
}

// report says what went wrong, in the language asked for.
func report(errs io.Writer, t lang.Tag, err error) int {
	if err == nil {
		return 0
	}
	if errors.Is(err, errFound) {
		return exitProblem
	}
	if s, ok := errors.AsType[speaker](err); ok {
		fmt.Fprintln(errs, "ruqsat:", s.In(t))
		return exitProblem
	}
	e, ok := errors.AsType[*problem.Error](err)
	if !ok {
		fmt.Fprintln(errs, "ruqsat:", err)
		return exitProblem
	}
	fmt.Fprintln(errs, "ruqsat:", e.Say.In(t))
	for _, f := range e.Fields {
		fmt.Fprintf(errs, "  %s: %s\n", f.Name, f.Say.In(t))
	}
	if e.Cite != "" {
		fmt.Fprintf(errs, "  %s\n", e.Cite.In(t))
	}
	return exitProblem
}

using TmeSim.Cli;

var console = CliConsole.OfProcess();
using var interrupt = new Interrupt(console.Error);
return CommandLine.Run(args, console, interrupt.Token);

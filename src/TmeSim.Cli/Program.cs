using TmeSim.Cli;

using var interrupt = new Interrupt(Console.Error);
return CommandLine.Run(args, CliConsole.OfProcess(), interrupt.Token);

using BenchmarkDotNet.Running;
using TmeSim.Benchmarks;

if (args is ["peers", .. var options])
{
    return PeerMode.Run(options, Console.Out);
}

BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args, CaseColumn.Config);
return 0;

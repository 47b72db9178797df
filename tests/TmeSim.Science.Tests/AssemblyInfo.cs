// Each test runs its cohort on all cores; tests at once would only share them.
[assembly: Xunit.v3.Parallelization(Mode = Xunit.Sdk.ParallelMode.None)]

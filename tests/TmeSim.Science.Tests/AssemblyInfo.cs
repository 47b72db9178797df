// Each test runs its cohort on all cores; tests at once would only share them.
[assembly: Parallelization(Mode = Xunit.Sdk.ParallelMode.None)]

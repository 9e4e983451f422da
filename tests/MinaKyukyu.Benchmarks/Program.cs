using MinaKyukyu.Benchmarks;

return BenchmarkCommand.Build().Parse(args).Invoke();

using System.CommandLine;
using MinaKyukyu.LoadTests;

return await LoadCommand.Build().Parse(args).InvokeAsync();

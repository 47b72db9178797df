using TmeSim.Experiments.Folders;
using TmeSim.Experiments.Reporting;
using TmeSim.Experiments.Results;
using TmeSim.Scenarios.Explaining;

namespace TmeSim.Experiments.Work;

/// <summary>Columns of tables besides timeseries.csv, whose columns are the measures: what <c>tmesim explain</c> says of them.</summary>
public static class ResultColumns
{
    public static IReadOnlyList<TableColumn> All { get; } =
    [
        .. ResultTables.EventColumns.Select(c => new TableColumn("events.csv", c.Name, c.Unit, c.Text)),
        .. ResponseTable.Columns.Select(c => new TableColumn(ResultFiles.Responses, c.Name, c.Unit, c.Text)),
        .. SensitivityTable.Columns.Select(c => new TableColumn("sensitivity.csv", c.Name, c.Unit, c.Text)),
        .. CalibrationResults.GenerationColumns.Select(c => new TableColumn("generations.csv", c.Name, c.Unit, c.Text)),
    ];
}

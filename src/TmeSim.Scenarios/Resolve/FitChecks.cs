using TmeSim.Engine.Plan;
using TmeSim.Scenarios.Diagnostics;
using TmeSim.Scenarios.Reading;
using TmeSim.Scenarios.Units;

namespace TmeSim.Scenarios.Resolve;

/// <summary>Does the nodule fit its lattice, now and while it grows, and is the burn-in long enough?</summary>
internal sealed class FitChecks(DiagnosticSink sink)
{
    private const double ShortBurnInHours = 42 * 24;

    public void Check(SimulationPlan plan, MapValue root)
    {
        Value size = root.Map("tissue")["size"]!;
        MapValue[] lesions = [.. root.Members("lesions")];
        bool known = size.IsGood && ((ListValue)size).Scalars.All(s => s.IsGood);
        for (int i = 0; i < lesions.Length && known; i++)
        {
            ScalarValue radius = lesions[i].Map("tumor").Scalar("radius");
            if (plan.Lesions[i].Table is { } table)
            {
                Table(plan, table, lesions[i]["cells"]!);
            }
            else if (radius.IsGood && lesions[i].Map("tumor").IsGood && lesions[i]["cells"] is null)
            {
                Lesion(plan, plan.Lesions[i], radius, lesions[i].Map("tumor").Scalar("doubling_time"));
            }
        }

        ScalarValue burnIn = root.Map("time").Scalar("burn_in");
        if (burnIn.IsGood && root.Text("preset") == "clinical" && plan.Time.BurnInHours is > 0 and < ShortBurnInHours)
        {
            sink.Warn(burnIn.Mark, burnIn.Path,
                $"a burn-in of {burnIn.Text} may not reach the asked densities: macrophages live for a month; 60 d to 75 d do");
        }
    }

    private void Table(SimulationPlan plan, CellTable table, Value at)
    {
        TissuePlan tissue = plan.Tissue;
        double margin = plan.Parameters[Parameter.EndpointsWallDistance];
        bool IsNear(IReadOnlyList<double> axis, int cell, int sites) => sites > 1 && Math.Min(axis[cell], (sites * tissue.SpacingUm) - axis[cell]) <= margin;
        int near = Enumerable.Range(0, table.Count).Count(i => table.Cells[i] == TableCell.Tumor
            && (IsNear(table.X, i, tissue.Nx) || IsNear(table.Y, i, tissue.Ny) || IsNear(table.Z, i, tissue.Nz)));
        if (near > 0)
        {
            sink.Warn(at.Mark, at.Path, $"{near} tumour cells lie within {Quantity.Format(margin)} um of the wall, which ends an arm at its first look; make tissue.size larger, or crop");
        }
    }

    private void Lesion(SimulationPlan plan, LesionPlan lesion, ScalarValue radius, ScalarValue doubling)
    {
        TissuePlan tissue = plan.Tissue;
        double half = tissue.NarrowestSites * tissue.SpacingUm / 2;
        double room = half - plan.Parameters[Parameter.EndpointsWallDistance];
        if (lesion.RadiusUm > room)
        {
            sink.Error(radius.Mark, radius.Path,
                $"a nodule of radius {radius.Text} does not fit: the narrowest tissue edge leaves "
                + $"{Quantity.Format(Math.Max(0, room) / 1000)} mm beside a margin of {Quantity.Format(half - room)} um; make the radius "
                + "smaller or tissue.size larger");
            return;
        }

        // Radius doubles in three doubling times of the volume.
        double reach = 3 * lesion.DoublingTimeHours * Math.Log2(room / lesion.RadiusUm);
        if (doubling.IsGood && reach < plan.Time.DurationHours)
        {
            sink.Warn(radius.Mark, radius.Path,
                $"untreated, the nodule comes within {Quantity.Format(half - room)} um of the wall near day {reach / 24:0}, which ends an "
                + "arm; make tissue.size larger or the run shorter");
        }
    }
}

using TmeSim.Engine.Plan;
using TmeSim.Engine.State;

namespace TmeSim.Engine.Therapies;

/// <summary>A dose that was given.</summary>
/// <param name="Drug">Name of the drug.</param>
/// <param name="Hours">Time after t = 0 [h], zero or more.</param>
/// <param name="Mg">Amount [mg], not negative.</param>
public readonly record struct GivenDose(string Drug, double Hours, double Mg);

/// <summary>
/// Blood concentrations at any times, and what they hold of their targets, from the doses that were given: the closed form and the sums
/// that a simulation uses at its steps.
/// </summary>
public sealed class BloodCourse
{
    // Shorter than this [h] a turn is rounding.
    private const double MinHours = 1e-6;
    private readonly TherapyProcess _process;
    private readonly (int Drug, GivenDose Dose)[] _doses;

    /// <param name="courses">Courses of an arm: its drugs.</param>
    /// <param name="doses">Doses in any order; those of other drugs are passed over.</param>
    public BloodCourse(IReadOnlyList<DrugCourse> courses, IEnumerable<GivenDose> doses)
    {
        _process = new TherapyProcess(courses);
        string[] names = [.. _process.Drugs.Select(d => d.Name)];
        _doses = [.. doses.Select(d => (Drug: Array.IndexOf(names, d.Drug), Dose: d)).Where(d => d.Drug >= 0).OrderBy(d => d.Dose.Hours)];
        Targets = [.. _process.Drugs.SelectMany(d => d.Effects).Select(e => e.Target).Distinct().Order()];
    }

    /// <summary>Drugs of the arm, each once.</summary>
    public IReadOnlyList<DrugPlan> Drugs => _process.Drugs;

    /// <summary>What they bind, each once.</summary>
    public IReadOnlyList<DrugTarget> Targets { get; }

    /// <summary>
    /// Times [h] at which a concentration turns, rising: doses, ends of infusions, peaks of oral doses; none after the end.
    /// </summary>
    public IReadOnlyList<double> Turns(double endHours)
    {
        TherapyState state = _process.NewState();
        var turns = new List<double>();
        double now = 0;
        for (int next = 0; ;)
        {
            double due = next < _doses.Length ? _doses[next].Dose.Hours : double.PositiveInfinity;
            double turn = now + _process.TurnHours(state, MinHours);
            double at = Math.Min(due, turn);
            if (!(at <= endHours))
            {
                return turns;
            }

            _process.Advance(state, Math.Max(0, at - now));
            now = at;
            turns.Add(at);
            while (next < _doses.Length && _doses[next].Dose.Hours <= now)
            {
                _process.Dose(state, _doses[next].Drug, _doses[next++].Dose.Mg);
            }
        }
    }

    /// <summary>Levels at given times. A dose at a time begins after it, as in a simulation.</summary>
    /// <param name="hours">Times [h], rising, zero or more.</param>
    public BloodLevels At(IReadOnlyList<double> hours)
    {
        ArgumentNullException.ThrowIfNull(hours);
        TherapyState state = _process.NewState();
        double[][] levels = [.. Drugs.Select(_ => new double[hours.Count])], held = [.. Targets.Select(_ => new double[hours.Count])];
        double now = 0;
        for (int i = 0, next = 0; i < hours.Count; i++)
        {
            for (; next < _doses.Length && _doses[next].Dose.Hours < hours[i] - 1e-9; next++)
            {
                _process.Advance(state, Math.Max(0, _doses[next].Dose.Hours - now));
                now = Math.Max(now, _doses[next].Dose.Hours);
                _process.Dose(state, _doses[next].Drug, _doses[next].Dose.Mg);
            }

            _process.Advance(state, Math.Max(0, hours[i] - now));
            now = Math.Max(now, hours[i]);
            Exposure exposure = _process.Exposure(state);
            for (int d = 0; d < levels.Length; d++)
            {
                levels[d][i] = _process.ConcentrationMgPerL(state, d);
            }

            for (int t = 0; t < held.Length; t++)
            {
                held[t][i] = exposure[Targets[t]].BloodOccupancy;
            }
        }

        return new BloodLevels(levels, held);
    }
}

/// <summary>Levels at the times that were asked for.</summary>
/// <param name="MgPerL">Concentration in blood [mg/L] by drug and time.</param>
/// <param name="Occupancies">By target and time, where delivery is full: the largest effect · x/(1 + x), with x = partition · blood
/// concentration / KD summed over the drugs of the arm.</param>
public sealed record BloodLevels(IReadOnlyList<double[]> MgPerL, IReadOnlyList<double[]> Occupancies);

namespace TmeSim.Scenarios.Units;

/// <summary>Exponents of the base dimensions. Body mass is a dimension of its own, so that mg/kg is a dose and not a number.</summary>
internal readonly record struct Dimension(
    int Length = 0, int Time = 0, int Mass = 0, int BodyMass = 0, int Volume = 0, int Pressure = 0, int Concentration = 0,
    int MolarMass = 0, int Dose = 0, int Data = 0)
{
    public static Dimension operator *(Dimension a, Dimension b) => new(
        a.Length + b.Length, a.Time + b.Time, a.Mass + b.Mass, a.BodyMass + b.BodyMass, a.Volume + b.Volume,
        a.Pressure + b.Pressure, a.Concentration + b.Concentration, a.MolarMass + b.MolarMass, a.Dose + b.Dose,
        a.Data + b.Data);

    public Dimension Power(int n) => new(
        Length * n, Time * n, Mass * n, BodyMass * n, Volume * n, Pressure * n, Concentration * n, MolarMass * n, Dose * n, Data * n);
}

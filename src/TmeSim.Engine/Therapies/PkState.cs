using System.Runtime.CompilerServices;

namespace TmeSim.Engine.Therapies;

/// <summary>
/// State of one drug in one patient: plain numbers without references, so a checkpoint can store its memory.
/// <c>default</c> is the untreated state. Advanced by an <see cref="IPkModel"/>.
/// </summary>
public struct PkState
{
    /// <summary>Infusions that may run at the same time.</summary>
    public const int MaximumInfusions = 8;

    internal InfusionSlots Slots;

    /// <summary>Amount in the central compartment (blood) [mg].</summary>
    public double CentralMg { get; internal set; }

    /// <summary>Amount in the peripheral compartment [mg].</summary>
    public double PeripheralMg { get; internal set; }

    /// <summary>Amount of an oral drug in the gut [mg].</summary>
    public double GutMg { get; internal set; }

    /// <summary>Sum of the rates of the infusions that run now [mg/h].</summary>
    public readonly double InfusionMgPerHour
    {
        get
        {
            double rate = 0;
            for (int i = 0; i < MaximumInfusions; i++)
            {
                rate += Slots[i].MgPerHour;
            }

            return rate;
        }
    }

    /// <summary>One running infusion; both numbers are zero in a free slot.</summary>
    internal struct Infusion
    {
        public double MgPerHour;
        public double RemainingHours;
    }

    [InlineArray(MaximumInfusions)]
    internal struct InfusionSlots
    {
        private Infusion _first;
    }
}

namespace TmeSim.Analysis.Sensitivity;

/// <summary>Checks shared by the designs: points are rows of numbers in [0, 1], one column per factor, in one array.</summary>
internal static class UnitPoints
{
    /// <summary>An array for count × dimensions coordinates.</summary>
    /// <exception cref="ArgumentException">A number is below 1, or their product is more than one array holds.</exception>
    public static double[] Allocate(long count, int dimensions)
    {
        if (count < 1)
        {
            throw new ArgumentException($"a design needs at least one point, not {count}", nameof(count));
        }

        CheckDimensions(dimensions);
        if (count > Array.MaxLength / dimensions)
        {
            throw new ArgumentException(
                $"{count} points in {dimensions} dimensions are more than one array holds ({Array.MaxLength} numbers)", nameof(count));
        }

        return new double[count * dimensions];
    }

    /// <exception cref="ArgumentException">There is no dimension.</exception>
    public static void CheckDimensions(int dimensions)
    {
        if (dimensions < 1)
        {
            throw new ArgumentException($"a design needs at least one dimension, not {dimensions}", nameof(dimensions));
        }
    }
}

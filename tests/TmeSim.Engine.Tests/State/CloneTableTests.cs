using TmeSim.Engine.Plan;
using TmeSim.Engine.State;

namespace TmeSim.Engine.Tests.State;

public class CloneTableTests
{
    [Fact]
    public void Mutate_GivesTheTraitsOfTheParentAndTheLostGene()
    {
        CloneTable table = Table();
        table.Add(1, 5);
        int place = table.Mutate(1, Genotype.Cyld, out bool joined);
        Assert.Equal((2, false, 3), (place, joined, table.Count));
        Assert.Equal(new Clone("B2M+CYLD", 0.2f, 0.5f) { Genotype = Genotype.B2m | Genotype.Cyld }, table[2]);
        table.Add(place, 1);
        Assert.Equal((6, 1, 6), (table.CellsWith(Genotype.B2m), table.CellsWith(Genotype.Cyld), table.CellsWith(Genotype.None)));
        Assert.Equal([Genotype.B2m | Genotype.Cyld], table.TakeNews().ToArray());
        Assert.Equal(0, table.TakeNews().Length);
    }

    [Fact]
    public void Mutate_ReusesTheFirstPlaceThatDiedOut_ButNeverThatOfASeededClone()
    {
        CloneTable table = Table();
        for (int i = 0; i < 4; i++)
        {
            table.Add(table.Mutate(0, Genotype.Jak1, out _), 1);
        }

        table.Add(4, -1);
        table.Add(3, -1);
        Assert.Equal(3, table.Mutate(0, Genotype.B2m, out _));
        Assert.Equal("B2M", table[3].Name);
        Assert.Equal(0, table.Cells(1));
        Assert.Equal(6, table.Count);
    }

    [Fact]
    public void Mutate_WhenFull_JoinsTheFirstLikeCloneOrIsDropped()
    {
        CloneTable table = Table();
        for (int i = table.Count; i < CloneTable.Capacity; i++)
        {
            table.Add(table.Mutate(0, i % 2 == 0 ? Genotype.Jak1 : Genotype.Runx1, out bool early), 1);
            Assert.False(early);
        }

        Assert.Equal(CloneTable.Capacity, table.Count);
        Assert.Equal((2, true), (table.Mutate(0, Genotype.Jak1, out bool joined), joined));
        Assert.Equal(-1, table.Mutate(0, Genotype.Tgfbr2, out _));
        Assert.Equal(-1, table.Mutate(1, Genotype.Jak1, out _));
        Assert.Equal(CloneTable.Capacity - 2, table.Born);
    }

    [Fact]
    public void Genes_NamesAndFlags_GoBothWays()
    {
        Assert.Equal(Genes.Count, Genes.Names.Count);
        Assert.Equal(Genotype.B2m | Genotype.Runx1, Genes.Set(["B2M", "RUNX1"]));
        Assert.Equal("B2M+RUNX1", Genes.Text(Genotype.B2m | Genotype.Runx1));
        Assert.Equal("intact", Genes.Text(Genotype.None));
        Assert.Throws<ArgumentException>(() => Genes.Set(["TP53"]));
    }

    // Founder and one clone without B2M.
    private static CloneTable Table() => new(TestPlans.Lesion() with { Clones = [new ClonePlan("low", 0.3, 0.2, 0.5) { Lof = Genotype.B2m }] });
}

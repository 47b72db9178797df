using TmeSim.Reports.Domain;
using TmeSim.Reports.Figures;
using TmeSim.Reports.Writers;

namespace TmeSim.Reports.Tests.Domain;

public class MovieFramesTests
{
    [Theory]
    [InlineData(1, 30, 20)]
    [InlineData(2, 40, 40)]
    [InlineData(3, 200, 150)]
    [InlineData(6, 200, 200)]
    [InlineData(12, 200, 200)]
    [InlineData(5, 333, 77)]
    [InlineData(6, 1024, 1024)]
    [InlineData(12, 1000, 20)]
    [InlineData(1, 16, 1)]
    [InlineData(1, 1, 900)]
    public void Sizes_FitScreensAndVideo_ForAnyLattice(int arms, int width, int height)
    {
        var movie = new MovieFrames(Scene(arms, width, height));
        Assert.InRange(movie.Width, 480, 1680);
        Assert.InRange(movie.Height, 60, 1440);
        Assert.Equal((0, 0), (movie.Width % 2, movie.Height % 2));
        Assert.InRange(movie.Palette.Count, 2, 256);
        Assert.Equal(movie.Width * movie.Height, movie.Pixels.Length);
        movie.Show(arms - 1, Samples.Tissue("", 3, width, height));
        Assert.Equal(width == 1024, movie.Every > 1);
    }

    [Fact]
    public void SixArmsOfTwoHundredSites_TakeTwoPixelsASite_ThreeInARow()
    {
        MovieLayout layout = MovieLayout.Of(Scene(6, 200, 200), s => new CellLegend(s));
        Assert.Equal((2, 1), (layout.Scale, layout.Every));
        Assert.Equal([1, 1, 1, 2, 2, 2], layout.Tiles.Select(t => t.Top == layout.Tiles[0].Top ? 1 : 2));
        Assert.All(layout.Tiles, t => Assert.Equal((400, 400), (t.Width, t.Height)));
        Assert.True(layout.Height <= 1080);
    }

    [Fact]
    public void Cells_StandAtTheirSites_InTheColoursOfTissueFigures()
    {
        MovieScene scene = Scene(2, 100, 100);
        MovieLayout layout = MovieLayout.Of(scene, s => new CellLegend(s));
        Assert.Equal(8, layout.Scale);
        var movie = new MovieFrames(scene);
        TissueFrame tissue = Samples.Tissue("", 14, 100, 100);
        movie.Show(1, tissue);
        byte[] painted = TissueRaster.Paint(tissue, true, 1, layout.Scale);
        PixelRectOf(layout, 1, out int left, out int top, out int size);
        int same = Enumerable.Range(0, size * size).Count(i => At(movie, left + (i % size), top + (i / size)) == new Rgb(painted[i * 4], painted[(i * 4) + 1], painted[(i * 4) + 2]));
        Assert.InRange(same / (double)(size * size), 0.95, 0.999); // the rest lies under time and scale bar
    }

    [Fact]
    public void AnArmThatEnded_KeepsItsLastPicture_AndSaysSo()
    {
        MovieScene scene = Scene(2, 60, 60);
        MovieLayout layout = MovieLayout.Of(scene, s => new CellLegend(s));
        var movie = new MovieFrames(scene);
        movie.Show(0, Samples.Tissue("", 20.5, 60, 60));
        movie.Show(1, Samples.Tissue("", 20.5, 60, 60));
        movie.Progress(20.5);
        byte[] before = movie.Pixels.ToArray();
        movie.Show(0, Samples.Tissue("", 42, 60, 60));
        movie.End(1, 20.5);
        movie.Progress(42);
        byte[] after = movie.Pixels.ToArray();
        PixelRectOf(layout, 1, out int left, out int top, out int size);
        (int X, int Y)[] changed = [.. Enumerable.Range(0, before.Length).Where(i => before[i] != after[i]).Select(i => (i % movie.Width, i / movie.Width))];
        (int X, int Y)[] inside = [.. changed.Where(p => p.X >= left && p.X < left + size && p.Y >= top && p.Y < top + size)];
        Assert.NotEmpty(inside);
        Assert.All(inside, p => Assert.True(p.X < left + 160 && p.Y < top + 24));

        // Said once or twice is the same, and the wider time below is gone.
        movie.End(1, 20.5);
        Assert.Equal(after, movie.Pixels.ToArray());
        var other = new MovieFrames(scene);
        other.Show(0, Samples.Tissue("", 42, 60, 60));
        other.Show(1, Samples.Tissue("", 0, 60, 60));
        other.End(1, 20.5);
        other.Progress(42);
        Assert.Equal(Row(other, left + 9, top + 4, 70), Row(movie, left + 9, top + 4, 70));
    }

    [Fact]
    public void Progress_GrowsFromNothingToAll()
    {
        MovieScene scene = Scene(1, 40, 40);
        var movie = new MovieFrames(scene);
        int[] dark = [.. new[] { 0.0, 21, 42, 84 }.Select(day =>
        {
            movie.Progress(day);
            return Bar(movie).Count(c => c == MovieFrames.Ink);
        })];
        int all = Bar(movie).Count(c => c == MovieFrames.Ink || c == MovieFrames.Pale);
        Assert.Equal((0, all), (dark[0], dark[3]));
        Assert.InRange(dark[1] / (double)all, 0.24, 0.26);
        Assert.InRange(dark[2] / (double)all, 0.49, 0.51);

        static Rgb[] Bar(MovieFrames movie) => [.. Enumerable.Range(0, movie.Width).Select(x => At(movie, x, movie.Height - 12 - 26 + 12)).Skip(RasterText.Width(RasterFont.Regular, "primary, replicate 0") + 20).SkipWhile(c => c == Rgb.White).TakeWhile(c => c == MovieFrames.Ink || c == MovieFrames.Pale)];
    }

    [Fact]
    public void Fields_TakeTheColoursOfTheMap_WithOutlineAndBar()
    {
        MovieScene scene = Scene(2, 60, 40) with { Field = new MovieField("Oxygen", "mmHg", 0, 240) };
        var movie = new MovieFrames(scene);
        movie.Show(0, Samples.Field("", 7, 60, 40));
        movie.Show(1, Samples.Field("", 7, 60, 40));
        Rgb[] used = [.. movie.Pixels.ToArray().Distinct().Select(i => movie.Palette[i])];
        Assert.Contains(ColorMap.Viridis.At(0.5), used);
        Assert.Contains(ColorMap.Viridis.At(0), used);
        Assert.Contains(Rgb.Black, used);
        Assert.Throws<ArgumentException>(() => movie.Show(0, Samples.Tissue("", 7, 60, 40)));
        var flat = new MovieFrames(scene with { Field = new MovieField("Oxygen", "mmHg", double.PositiveInfinity, double.NegativeInfinity) });
        Assert.True(flat.Palette.Count <= 256);
    }

    [Fact]
    public void SameInput_GivesTheSamePixels_AndLargeLatticesEveryNthSite()
    {
        byte[][] pixels = [.. Enumerable.Range(0, 2).Select(_ =>
        {
            var movie = new MovieFrames(Scene(6, 1000, 900));
            movie.Show(2, Samples.Tissue("", 7, 1000, 900));
            return movie.Pixels.ToArray();
        })];
        Assert.Equal(pixels[0], pixels[1]);
    }

    [Fact]
    public void WhatDoesNotFit_Throws()
    {
        Assert.Throws<ArgumentException>(() => new MovieFrames(Scene(0, 10, 10)));
        Assert.Throws<ArgumentException>(() => new MovieFrames(Scene(13, 10, 10)));
        Assert.Throws<ArgumentException>(() => new MovieFrames(Scene(1, 0, 10)));
        var movie = new MovieFrames(Scene(1, 30, 20));
        Assert.Throws<ArgumentException>(() => movie.Show(0, Samples.Tissue("", 7, 31, 20)));
        Assert.Throws<ArgumentException>(() => movie.Show(0, Samples.Field("", 7)));
        Assert.Throws<ArgumentException>(() => movie.Show(0, Samples.Tissue("", 7) with { Immune = [] }));
    }

    [Theory]
    [InlineData(0, "day 0 / week 0")]
    [InlineData(42, "day 42 / week 6")]
    [InlineData(6.2917, "day 6.29 / week 0.9")]
    [InlineData(119.5417, "day 119.5 / week 17.1")]
    public void Moment_SaysDayAndWeek(double days, string text) => Assert.Equal(text, MovieFrames.Moment(days));

    private static MovieScene Scene(int arms, int width, int height) => new()
    {
        Arms = [.. Enumerable.Range(0, arms).Select(i => i == 1 ? Samples.LongName(i) : i == 2 ? Samples.Hostile : $"Arm {i}")], Width = width, Height = height, SpacingUm = 20, FirstDay = 0, LastDay = 84, Note = "primary, replicate 0",
    };

    private static Rgb At(MovieFrames movie, int x, int y) => movie.Palette[movie.Pixels[(y * movie.Width) + x]];

    private static byte[] Row(MovieFrames movie, int x, int y, int width) =>
        [.. Enumerable.Range(0, 19).SelectMany(i => movie.Pixels.Slice(((y + i) * movie.Width) + x, width).ToArray())];

    private static void PixelRectOf(MovieLayout layout, int arm, out int left, out int top, out int size) =>
        (left, top, size) = (layout.Tiles[arm].Left, layout.Tiles[arm].Top, layout.Tiles[arm].Width);
}

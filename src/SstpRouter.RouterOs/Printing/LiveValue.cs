using System.Globalization;
using SstpRouter.RouterOs.Values;

namespace SstpRouter.RouterOs.Printing;

/// <summary>A value of an item on a screen that is drawn again and again.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Value">What scripts get.</param>
/// <param name="Text">What the screen shows.</param>
public readonly record struct LiveValue(string Name, Value Value, string Text)
{
    private static readonly string[] RateUnits = ["kbps", "Mbps", "Gbps", "Tbps"];

    /// <summary>A value that is shown as it is.</summary>
    public static LiveValue Of(string name, string text) => new(name, Value.Of(text), text);

    /// <summary>A counter, shown with its digits in groups: <c>8 191</c>.</summary>
    public static LiveValue Count(string name, long number) => new(name, Value.Of(number), PrintedText.Grouped(number));

    /// <summary>Bits per second, shown with a unit: <c>480bps</c>, <c>8.5kbps</c>, <c>99.4Mbps</c>.</summary>
    public static LiveValue Rate(string name, long bits)
    {
        string text = string.Create(CultureInfo.InvariantCulture, $"{bits}bps");
        decimal amount = bits;
        for (int unit = 0; amount >= 1000 && unit < RateUnits.Length; unit++)
        {
            amount /= 1000;
            text = string.Create(CultureInfo.InvariantCulture, $"{decimal.Round(amount, 1, MidpointRounding.ToZero):0.0}{RateUnits[unit]}");
        }

        return new LiveValue(name, Value.Of(bits), text);
    }
}

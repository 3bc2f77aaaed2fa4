using System.Globalization;

namespace SstpRouter.Lab.Tests.Scripted;

/// <summary>What a scripted peer knows by name: what it heard, what it brought along, and what it computes from both.</summary>
internal sealed class Knowledge
{
    private readonly Dictionary<string, byte[]> _values = [];
    private readonly Dictionary<string, Func<byte[]>> _formulas = [];

    /// <summary>A value that must be known by now.</summary>
    public byte[] this[string name] => Find(name)
        ?? throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture, $"{name} is not known yet"));

    /// <summary>A value, or null where it is not known yet.</summary>
    public byte[]? Find(string name) =>
        _values.GetValueOrDefault(name) ?? (_formulas.TryGetValue(name, out Func<byte[]>? formula) ? formula() : null);

    /// <summary>Keeps a value; a later one takes its place.</summary>
    public byte[] Learn(string name, byte[] value) => _values[name] = value;

    /// <summary>Says how a value is computed each time that it is asked for.</summary>
    public void Compute(string name, Func<byte[]> formula) => _formulas[name] = formula;
}

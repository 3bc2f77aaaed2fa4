namespace SstpRouter.Tunnels.Data;

/// <summary>Things of one kind that are needed for a moment and again soon, of one worker.</summary>
/// <param name="name">What they are, for who asks what did not come back.</param>
/// <param name="most">How many are kept while nobody needs them.</param>
/// <param name="make">Makes one where none is left.</param>
internal sealed class Spares<T>(string name, int most, Func<T> make) : IPool
    where T : class
{
    private readonly Stack<T> _spares = new(most);

    public string Name => name;

    public int Rented { get; private set; }

    public int Made { get; private set; }

    /// <summary>Gives one out.</summary>
    public T Rent()
    {
        Rented++;
        if (_spares.TryPop(out T? spare))
        {
            return spare;
        }

        Made++;
        return make();
    }

    /// <summary>Takes back what <see cref="Rent"/> gave, once.</summary>
    public void Return(T thing)
    {
        Rented--;
        if (_spares.Count < most)
        {
            _spares.Push(thing);
        }
    }
}

using SstpRouter.RouterOs.Printing;

namespace SstpRouter.RouterOs.Logging;

/// <summary>The router's log: a ring of the last lines in memory, and an event for those who write them elsewhere.</summary>
/// <remarks>Every member may be called from any thread. The memory it takes is bounded by the number and the length of its lines,
/// whatever a peer makes the router say.</remarks>
public sealed class RouterLog
{
    /// <summary>How many lines the ring holds (RouterOS's <c>memory-lines</c>).</summary>
    public const int DefaultCapacity = 1000;

    /// <summary>The longest message, in characters; what is longer is cut and ends with <c>...</c>.</summary>
    public const int MaxMessageLength = 1024;

    private const int MaxTopicsLength = 128;

    // The topics that RouterOS's rules send to memory or to the console: its debug and packet lines go nowhere by default.
    private static readonly string[] KeptTopics = ["info", "error", "warning", "critical"];

    private readonly Lock _gate = new();
    private readonly TimeProvider _time;
    private readonly int _capacity;
    private readonly Queue<LogLine> _lines = new();
    private ulong _written;

    /// <summary>An empty log.</summary>
    /// <param name="time">The clock and the time zone of its lines.</param>
    /// <param name="capacity">How many lines it holds, from 1.</param>
    public RouterLog(TimeProvider time, int capacity = DefaultCapacity)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(capacity, 1);
        _time = time;
        _capacity = capacity;
    }

    /// <summary>Raised for every line that is kept, on the thread that wrote it; lines of different threads may come out of order.
    /// A handler must be quick and must not throw.</summary>
    public event Action<LogLine>? Written;

    /// <summary>True to keep lines whose topics have no severity above <c>debug</c>; false from the start.</summary>
    public bool IncludesDebug { get; set; }

    /// <summary>The lines that are held, oldest first.</summary>
    public IReadOnlyList<LogLine> Lines
    {
        get
        {
            lock (_gate)
            {
                return [.. _lines];
            }
        }
    }

    /// <summary>Writes a line of severity <c>info</c>.</summary>
    /// <param name="topics">The other topics, such as <c>sstp,ppp</c>.</param>
    /// <param name="message">What happened.</param>
    public void Info(string topics, string message) => Write(topics + ",info", message);

    /// <summary>Writes a line of severity <c>warning</c>.</summary>
    /// <param name="topics">The other topics.</param>
    /// <param name="message">What happened.</param>
    public void Warning(string topics, string message) => Write(topics + ",warning", message);

    /// <summary>Writes a line of severity <c>error</c>.</summary>
    /// <param name="topics">The other topics.</param>
    /// <param name="message">What happened.</param>
    public void Error(string topics, string message) => Write(topics + ",error", message);

    /// <summary>Writes a line of severity <c>debug</c>, which is dropped unless <see cref="IncludesDebug"/> is set.</summary>
    /// <param name="topics">The other topics.</param>
    /// <param name="message">What happened.</param>
    public void Debug(string topics, string message) => Write(topics + ",debug", message);

    /// <summary>Writes a line. Control characters become <c>\XX</c>, a message that is too long is cut.</summary>
    /// <param name="topics">All topics, the severity included: <c>sstp,ppp,info,account</c>.</param>
    /// <param name="message">What happened.</param>
    public void Write(string topics, string message)
    {
        if (!IncludesDebug && !topics.Split(',').Any(KeptTopics.Contains))
        {
            return;
        }

        topics = Cap(topics, MaxTopicsLength);
        message = Cap(message, MaxMessageLength);
        LogLine line;
        lock (_gate)
        {
            line = new LogLine(++_written, _time.GetLocalNow(), topics, message);
            _lines.Enqueue(line);
            if (_lines.Count > _capacity)
            {
                _lines.Dequeue();
            }
        }

        Written?.Invoke(line);
    }

    private static string Cap(string text, int length)
    {
        if (text.Length > length)
        {
            // Half of a surrogate pair would be no text any more.
            int end = length - (char.IsHighSurrogate(text[length - 1]) ? 1 : 0);
            text = text[..end] + "...";
        }

        return PrintedText.Clean(text);
    }
}

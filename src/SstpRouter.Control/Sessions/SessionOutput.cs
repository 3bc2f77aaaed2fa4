using System.Text;
using SstpRouter.Control.Frames;

namespace SstpRouter.Control.Sessions;

/// <summary>A command's output on its way to the client: whole lines leave as they are written.</summary>
/// <param name="send">Takes a frame; it may block while the client does not read.</param>
/// <param name="cancellation">The running command's: output stops with it.</param>
internal sealed class SessionOutput(Action<ControlFrame> send, Func<CancellationToken> cancellation) : TextWriter
{
    private readonly StringBuilder _pending = new();

    /// <inheritdoc/>
    public override Encoding Encoding => Encoding.UTF8;

    /// <summary>Lines end as the language ends them, on every system.</summary>
    public override string NewLine => "\n";

    /// <inheritdoc/>
    public override void Write(char value)
    {
        _pending.Append(value);
        SendWhere(value == '\n');
    }

    /// <inheritdoc/>
    public override void Write(string? value) => Write(value.AsSpan());

    /// <inheritdoc/>
    public override void Write(char[] buffer, int index, int count) => Write(buffer.AsSpan(index, count));

    /// <inheritdoc/>
    public override void Write(ReadOnlySpan<char> buffer)
    {
        _pending.Append(buffer);
        SendWhere(buffer.Contains('\n'));
    }

    /// <inheritdoc/>
    public override void WriteLine(string? value)
    {
        _pending.Append(value).Append('\n');
        SendWhere(true);
    }

    /// <summary>Sends what is left of the last line.</summary>
    public override void Flush()
    {
        while (_pending.Length > 0)
        {
            int count = Math.Min(_pending.Length, FrameFormat.LargestOutput);
            if (count < _pending.Length && char.IsHighSurrogate(_pending[count - 1]))
            {
                count--;
            }

            send(new OutputFrame(_pending.ToString(0, count)));
            _pending.Remove(0, count);
        }
    }

    private void SendWhere(bool hasLineEnd)
    {
        cancellation().ThrowIfCancellationRequested();
        if (hasLineEnd || _pending.Length >= FrameFormat.LargestOutput)
        {
            Flush();
        }
    }
}

using SstpRouter.Control.Frames;
using SstpRouter.RouterOs.Assistance;
using SstpRouter.RouterOs.History;
using SstpRouter.RouterOs.Language;
using SstpRouter.RouterOs.Schema;
using SstpRouter.RouterOs.Users;

namespace SstpRouter.Control.Sessions;

/// <content>What a console needs beside running commands: help, questions, safe mode, history, notices.</content>
internal sealed partial class ControlSession
{
    private bool IsSafe => _settings.SafeMode?.Holder is { } holder && holder.SessionId == Id;

    /// <summary>Shows a screen in the place of the one that the same command showed before.</summary>
    public void Redraw(string screen)
    {
        if (!_hello.IsInteractive)
        {
            _output.Write(screen);
            _output.Flush();
            return;
        }

        Cancellation.ThrowIfCancellationRequested();
        _output.Flush();
        Send(new ScreenFrame(screen.Length <= FrameFormat.LargestOutput ? screen : screen[..FrameFormat.LargestOutput]));
    }

    private string Ask(AskKind kind, string prompt)
    {
        if (!_hello.IsInteractive || _running is not { } running)
        {
            throw new ScriptError("this command requires user input");
        }

        _output.Flush();
        Send(new AskFrame(kind, prompt));
        AnswerFrame answer = _input.WaitForAnswer(running.Cancellation);
        return answer.Kind switch
        {
            AnswerKind.Given => answer.Text,
            AnswerKind.Impossible => throw new ScriptError("this command requires user input"),
            _ => throw new OperationCanceledException("the user broke off"),
        };
    }

    private ControlFrame Assist(ICommandLine line, AssistFrame asked)
    {
        bool isHelped = _settings.Assistant is not null && asked.Text.Length <= FrameFormat.LongestAssisted;
        if (asked.Kind == AssistKind.Colours)
        {
            return new ColoursFrame(isHelped ? _settings.Assistant!.Colours(asked.Text, line.Menu) : []);
        }

        Completion nothing = new(asked.Text.Length, "", []);
        return new CandidatesFrame(
            !isHelped ? nothing
            : asked.Kind == AssistKind.Complete ? _settings.Assistant!.Complete(asked.Text, line.Menu)
            : nothing with { Candidates = _settings.Assistant!.Help(asked.Text, line.Menu) });
    }

    private void Act(SessionAction action)
    {
        switch (action)
        {
            case SessionAction.ToggleSafeMode when _settings.SafeMode is not { } safeMode:
                throw ScriptError.Failure("safe mode is not available here");
            case SessionAction.ToggleSafeMode when IsSafe:
                _settings.SafeMode!.Release(this);
                _output.WriteLine("[Safe Mode released]");
                break;
            case SessionAction.ToggleSafeMode:
                TakeSafeMode(_settings.SafeMode!);
                break;
            case SessionAction.Begin:
                if (_needsPassword && Policies.HasFlag(Policies.Password))
                {
                    AskFirstPassword(_settings.Accounts!);
                }

                break;
            case SessionAction.Quit:
                // Leaving undoes the changes: SessionEnded does, as it does for a session that is lost.
                _hasLeft = !IsSafe || Confirm("You are in Safe Mode. Quitting will unroll changes. Quit?");
                if (!_hasLeft)
                {
                    throw new OperationCanceledException("the user stays");
                }

                break;
            default:
                break;
        }
    }

    // Ctrl-C puts it off until the next login.
    private void AskFirstPassword(IAccounts accounts)
    {
        _output.WriteLine("Change your password");
        try
        {
            while (!TrySetFirstPassword(accounts, Ask("new password> ", isHidden: true), Ask("repeat new password> ", isHidden: true)))
            {
            }
        }
        catch (OperationCanceledException) when (!Cancellation.IsCancellationRequested)
        {
            return;
        }

        _output.WriteLine("\nPassword changed");
    }

    private bool TrySetFirstPassword(IAccounts accounts, string password, string again)
    {
        string fault = password != again ? "New passwords do not match!" : password.Length == 0 ? "The password is empty!" : "";
        try
        {
            if (fault.Length == 0)
            {
                accounts.SetFirstPassword(this, password);
            }
        }
        catch (ScriptError error)
        {
            fault = error.Message;
        }

        _output.Write(fault.Length == 0 ? "" : $"Try again, error: {fault}\n");
        return fault.Length == 0;
    }

    private bool Confirm(string question) => ((ISession)this).Confirm(question);

    private void TakeSafeMode(ISafeMode safeMode)
    {
        while (safeMode.Take(this) == SafeModeOutcome.TakenByAnother)
        {
            switch (AskKey("Hijacking Safe Mode from someone - unroll/release/don't take it [u/r/d]: "))
            {
                case 'u':
                    safeMode.Unroll(this);
                    break;
                case 'r':
                    safeMode.Release(this);
                    break;
                default:
                    return;
            }
        }

        _output.WriteLine("[Safe Mode taken]");
    }

    private void Keep(string text, Menu menu)
    {
        string command = text.Trim();
        bool isShort = command.Length is > 0 and <= FrameFormat.LongestAssisted; // longer ones are pasted, and nobody leafs through them
        if (isShort && _settings.Assistant?.IsSensitive(text, menu) != true)
        {
            _settings.Histories?.Add(UserName, command);
            Send(new HistoryFrame(command));
        }
    }

    private void OnSaid(ControlSession by, string line)
    {
        if (by != this)
        {
            _notices.Add(line);
        }
    }

    private void SubscribeNotices()
    {
        _settings.Chat.Said += OnSaid;
        if (_settings.Critical is { } critical)
        {
            critical.Echoed += _notices.Add;
        }

        if (_settings.SafeMode is { } safeMode)
        {
            safeMode.Lost += OnSafeModeLost;
        }
    }

    private void UnsubscribeNotices()
    {
        _settings.Chat.Said -= OnSaid;
        if (_settings.Critical is { } critical)
        {
            critical.Echoed -= _notices.Add;
        }

        if (_settings.SafeMode is { } safeMode)
        {
            safeMode.Lost -= OnSafeModeLost;
        }
    }

    private void OnSafeModeLost(SafeModeHolder holder, SafeModeLoss loss)
    {
        if (holder.SessionId == Id)
        {
            _notices.Add(loss switch
            {
                SafeModeLoss.Released => "[Safe mode released by another user]",
                SafeModeLoss.Unrolled => "[Safe mode unrolled by another user]",
                _ => $"[Safe mode released: more than {ISafeMode.MostActions} actions]",
            });
        }
    }

    private void SendNotices(ICommandLine line)
    {
        bool isAny = false;
        while (_notices.TryTake(out string? text))
        {
            Send(new NoticeFrame(text));
            isAny = true;
        }

        if (isAny)
        {
            SendPrompt(line);
        }
    }

    private void SendOutput(ControlFrame frame)
    {
        while (_notices.TryTake(out string? text))
        {
            Send(new NoticeFrame(text));
        }

        Send(frame);
    }
}

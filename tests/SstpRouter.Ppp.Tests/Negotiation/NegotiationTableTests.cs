using SstpRouter.Ppp.Negotiation;

namespace SstpRouter.Ppp.Tests.Negotiation;

/// <summary>The table of RFC 1661 4.1, cell by cell, in its own notation.</summary>
public sealed class NegotiationTableTests
{
    private const string Table = """
        Up           | 2 | irc,scr/6 | - | - | - | - | - | - | - | -
        Down         | - | - | 0 | tls/1 | 0 | 1 | 1 | 1 | 1 | tld/1
        Open         | tls/1 | 1 | irc,scr/6 | 3 | 5 | 5 | 6 | 7 | 8 | 9
        Close        | 0 | tlf/0 | 2 | 2 | 4 | 4 | irc,str/4 | irc,str/4 | irc,str/4 | tld,irc,str/4
        TimeoutPlus  | - | - | - | - | str/4 | str/5 | scr/6 | scr/6 | scr/8 | -
        TimeoutMinus | - | - | - | - | tlf/2 | tlf/3 | tlf/3 | tlf/3 | tlf/3 | -
        RcrPlus      | - | - | sta/2 | irc,scr,sca/8 | 4 | 5 | sca/8 | sca,tlu/9 | sca/8 | tld,scr,sca/8
        RcrMinus     | - | - | sta/2 | irc,scr,scn/6 | 4 | 5 | scn/6 | scn/7 | scn/6 | tld,scr,scn/6
        Rca          | - | - | sta/2 | sta/3 | 4 | 5 | irc/7 | scr/6 | irc,tlu/9 | tld,scr/6
        Rcn          | - | - | sta/2 | sta/3 | 4 | 5 | irc,scr/6 | scr/6 | irc,scr/8 | tld,scr/6
        Rtr          | - | - | sta/2 | sta/3 | sta/4 | sta/5 | sta/6 | sta/6 | sta/6 | tld,zrc,sta/5
        Rta          | - | - | 2 | 3 | tlf/2 | tlf/3 | 6 | 6 | 8 | tld,scr/6
        Ruc          | - | - | scj/2 | scj/3 | scj/4 | scj/5 | scj/6 | scj/7 | scj/8 | scj/9
        RxjPlus      | - | - | 2 | 3 | 4 | 5 | 6 | 6 | 8 | 9
        RxjMinus     | - | - | tlf/2 | tlf/3 | tlf/2 | tlf/3 | tlf/3 | tlf/3 | tlf/3 | tld,irc,str/5
        Rxr          | - | - | 2 | 3 | 4 | 5 | 6 | 7 | 8 | ser/9
        """;

    public static TheoryData<string, string, string> Cells()
    {
        var cells = new TheoryData<string, string, string>();
        foreach (string row in Table.Split('\n'))
        {
            string[] columns = [.. row.Split('|').Select(cell => cell.Trim())];
            foreach (NegotiationState state in Enum.GetValues<NegotiationState>())
            {
                cells.Add(columns[0], state.ToString(), columns[1 + (int)state]);
            }
        }

        return cells;
    }

    [Theory]
    [MemberData(nameof(Cells))]
    public void A_step_is_what_the_table_says(string happened, string state, string cell)
    {
        NegotiationStep? step = NegotiationTable.Find(
            Enum.Parse<NegotiationState>(state),
            Enum.Parse<NegotiationEvent>(happened));

        Assert.Equal(cell, Write(step));
    }

    [Fact]
    public void The_table_has_sixteen_events_in_ten_states() => Assert.Equal(160, Cells().Count());

    private static string Write(NegotiationStep? step)
    {
        if (step is not { } known)
        {
            return "-";
        }

        string next = ((int)known.Next).ToString(System.Globalization.CultureInfo.InvariantCulture);
        string[] names = ["tld", "tls", "irc", "zrc", "scr", "str", "sca", "scn", "sta", "scj", "ser", "tlf", "tlu"];
        IEnumerable<string> actions = names.Where(name => known.Actions.HasFlag(Enum.Parse<NegotiationActions>(name, true)));
        string joined = string.Join(',', actions);
        return joined.Length == 0 ? next : $"{joined}/{next}";
    }
}

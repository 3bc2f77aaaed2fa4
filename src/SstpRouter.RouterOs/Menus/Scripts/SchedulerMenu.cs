using SstpRouter.RouterOs.Schema;
using SstpRouter.RouterOs.Values;

namespace SstpRouter.RouterOs.Menus.Scripts;

/// <summary><c>/system/scheduler</c>: scripts that run at their time.</summary>
internal static class SchedulerMenu
{
    /// <summary>The word of <c>start-time</c> for the start of the router.</summary>
    public const string Startup = "startup";

    public static Menu Create() => new("scheduler", MenuKind.Items, "Scripts that run at their time")
    {
        ItemNoun = "scheduler",
        NeededFor = item => ScriptPolicies.Of(item["policy"]),
        ExportRank = ItemProperties.Refers,
        NeedsState = true,
        Flags = [new MenuFlag('X', "disabled", 0)],
        TableColumns = ["name", "start-date", "start-time", "interval", "on-event", "run-count"],
        Properties =
        [
            new Property("name", Types.Name, "Name of the entry")
            {
                IsRequired = true,
                UniqueIn = "scheduler",
                DuplicateText = "item with this name already exists",
            },
            new Property("start-date", Types.Date, "Day of the first run")
            {
                ExplicitMatters = true,
                MadeByAdd = (_, now) => DateType.Of(DateOnly.FromDateTime(now.DateTime)),
            },
            new Property("start-time", Types.Or(Types.TimeOfDay, Startup), "Time of the first run, or the start of the router")
            {
                ExplicitMatters = true,
                MadeByAdd = (_, now) => new TimeValue(new TimeSpan(now.Hour, now.Minute, now.Second)),
            },
            new Property("interval", Types.Time, "Time between runs; it runs only once where it is 0s") { Default = new TimeValue(TimeSpan.Zero) },
            new Property("on-event", Types.Script, "Name of the script that is run, or its text") { Default = Value.Of("") },
            ScriptProperties.Owner(isSettable: false),
            ScriptPolicies.Property(),
            ScriptProperties.RunCount(),
            ItemProperties.State("next-run", Types.Word, "When it runs next"),
            ItemProperties.Disabled(byDefault: false),
            ItemProperties.Comment(),
        ],
    };
}

namespace SstpRouter.RouterOs.Assistance;

/// <summary>Something that may stand at a place of a command line.</summary>
/// <param name="Name">The word as lists and help show it.</param>
/// <param name="Insert">What goes into the line: quoted where it must be, with the sign or blank that follows.</param>
/// <param name="Kind">What it is, for its colour.</param>
/// <param name="Description">One line of help; may be empty.</param>
public sealed record Candidate(string Name, string Insert, WordKind Kind, string Description);

/// <summary>What Tab does at a place.</summary>
/// <param name="Start">Where the word that is completed starts.</param>
/// <param name="Insert">What stands from there to the cursor afterwards; the word as it was typed where nothing can be added.</param>
/// <param name="Candidates">What the word may become, in the order of help; one where it is settled, none where nothing fits.</param>
public sealed record Completion(int Start, string Insert, IReadOnlyList<Candidate> Candidates);

using System.Text;
using SstpRouter.RouterOs.Assistance;

namespace SstpRouter.Console.Editing;

/// <summary>A character with its colour. A line feed goes on at the start of the next row.</summary>
internal readonly record struct Glyph(Rune Rune, WordKind Kind);

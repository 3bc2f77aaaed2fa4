using SstpRouter.RouterOs.Language;
using SstpRouter.RouterOs.Values;

namespace SstpRouter.RouterOs.Schema;

/// <summary>What a property may hold: it turns what was typed into a <see cref="Value"/> and back into what is printed.</summary>
public abstract class PropertyType
{
    /// <summary>The accepted form in a few characters, for help and reference: <c>yes | no</c>, <c>1..65535</c>.</summary>
    public abstract string Syntax { get; }

    /// <summary>True where <c>print detail</c> puts the value in quotes (free text).</summary>
    public virtual bool IsQuoted => false;

    /// <summary>True where <c>print detail</c> shows the value as a script: as it is, and one of several lines below its name.</summary>
    public virtual bool IsScript => false;

    /// <summary>True where a table column of this type is right-aligned.</summary>
    public virtual bool IsNumeric => false;

    /// <summary>Reads a value.</summary>
    /// <param name="input">What the script gave: text for a plain word, or an already typed value.</param>
    /// <param name="propertyName">The name used in error texts.</param>
    /// <param name="scope">The configuration that references are looked up in.</param>
    /// <exception cref="ScriptError">The input is not of this type; the text is RouterOS's
    /// (<c>value of port out of range (1..65535)</c>, <c>input does not match any value of profile</c>).</exception>
    public abstract Value Parse(Value input, string propertyName, IReferenceScope scope);

    /// <summary>The value as <c>print</c> and <c>export</c> write it, before any quoting. <see cref="Parse"/> reads it back.</summary>
    public virtual string Format(Value value) => value.ToText();

    /// <summary>The menu whose items a value names, in v7 form (<c>/ppp/profile</c>); null where values name none.</summary>
    public virtual string? ReferencedMenu => null;

    /// <summary>True where the value names the item of <see cref="ReferencedMenu"/> with that name.</summary>
    public virtual bool RefersTo(Value value, string name) => false;

    /// <summary>The words that completion offers; empty where there are none.</summary>
    public virtual IEnumerable<string> Completions(IReferenceScope scope) => [];

    /// <summary>True where a value is a comma list whose elements <see cref="Completions"/> names.</summary>
    public virtual bool TakesList => false;
}

/// <summary>What references to other items are looked up in.</summary>
public interface IReferenceScope
{
    /// <summary>The names of the items of a menu, dynamic ones included.</summary>
    /// <param name="menuPath">For example <c>/ppp/profile</c>.</param>
    IEnumerable<string> NamesOf(string menuPath);

    /// <summary>True where <see cref="NamesOf"/> has a name, found without a look at all of them.</summary>
    bool Has(string menuPath, string name) => NamesOf(menuPath).Contains(name);

    /// <summary>False where items may exist that <see cref="NamesOf"/> does not know, so that an unknown name is no mistake:
    /// interfaces while nothing runs, anything while a saved state is read back.</summary>
    bool IsComplete(string menuPath) => true;
}

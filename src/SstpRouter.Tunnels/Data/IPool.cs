namespace SstpRouter.Tunnels.Data;

/// <summary>Memory that one worker gives out and takes back; its tunnels must have returned all of it when the worker ends.</summary>
internal interface IPool
{
    /// <summary>What it is of.</summary>
    string Name { get; }

    /// <summary>How many are out; less than 0 where something came back twice.</summary>
    int Rented { get; }

    /// <summary>How many were made so far: each costs an allocation once, when more were needed at a time than ever before.</summary>
    int Made { get; }
}

namespace TmeSim.Engine.State;

/// <summary>A part of the state and its fingerprint: where two states differ, it says in what.</summary>
/// <param name="Name">
/// Name of the lesion (with the number of its tile, from 1, where there are several), a slash and what it is: <c>primary/oxygen</c>; parts
/// of the patient have no slash.
/// </param>
/// <param name="Hash">32 hexadecimal digits.</param>
public readonly record struct StatePart(string Name, string Hash);

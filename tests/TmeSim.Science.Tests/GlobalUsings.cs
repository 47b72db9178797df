global using TmeSim.Experiments;

/** As much of Rolldown's knowledge of the modules as is asked for here. */
interface Modules {
  getModuleInfo(id: string): ModuleInfo | null;
}
interface ModuleInfo {
  readonly importedIds: readonly string[];
  readonly dynamicallyImportedIds: readonly string[];
}

/** One file of the built app. The name is null for a module that does not go there. */
interface FileGroup {
  readonly name: (id: string, modules: Modules) => string | null;
  readonly priority: number;
  readonly debugName: string;
}

export interface FirstEntries {
  /** The page's first script, which all others come behind. */
  readonly first: string;
  readonly app: string;
  readonly display: string;
  /** Modules that name what is fetched as soon as the first screen stands. */
  readonly later: readonly string[];
  /** Modules that only a package's index names: they go where they are used. */
  readonly named: RegExp;
}

/**
 * The files that come first, by entry modules. `first` is small, and runs while the others are still read. What the app's page asks for before it draws anything is `app`, without what the display's page needs too:
 * that is `both`. `windows` holds what the first screen fetches behind itself. All else is left to Rolldown. Dozens of small files are
 * longer when compressed, and slower.
 */
export function firstFiles({ first, app, display, later, named }: FirstEntries): readonly FileGroup[] {
  const byFirst = createNeed((modules) => importedFrom([first], modules));
  const byApp = createNeed((modules) => importedFrom([app], modules));
  const byDisplay = createNeed((modules) => importedFrom([display], modules));
  const byWindows = createNeed((modules) =>
    importedFrom(
      later.flatMap((id) => modules.getModuleInfo(id)?.dynamicallyImportedIds ?? []),
      modules,
    ),
  );
  return [
    group('first', 4, byFirst),
    group('both', 3, (id, modules) => byApp(id, modules) && byDisplay(id, modules)),
    group('app', 2, (id, modules) => byApp(id, modules) && !named.test(id)),
    group('windows', 1, byWindows),
  ];
}

type Need = (id: string, modules: Modules) => boolean;

function group(name: string, priority: number, isIn: Need): FileGroup {
  return { debugName: name, priority, name: (id, modules) => (isIn(id, modules) ? name : null) };
}

/** Whether a module is among those found, which are looked for once. */
function createNeed(find: (modules: Modules) => ReadonlySet<string>): Need {
  let needed: ReadonlySet<string> | null = null;
  return (id, modules) => {
    needed ??= find(modules);
    return needed.has(id);
  };
}

/** All that modules import, and not what they fetch later. */
function importedFrom(entries: readonly string[], modules: Modules): Set<string> {
  const found = new Set(entries);
  for (const id of found) for (const imported of modules.getModuleInfo(id)?.importedIds ?? []) found.add(imported);
  return found;
}

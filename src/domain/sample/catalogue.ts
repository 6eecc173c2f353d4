import { idOf } from "./random.ts";
import { day, randomFor, type Setting } from "./setting.ts";

export interface Product {
  id: string;
  name: string;
  /** In the middle of a sentence. */
  short: string;
  listMinor: number;
  pieces: readonly [least: number, most: number];
}
export interface Account {
  id: string;
  name: string;
  team: number;
}
export interface Stage {
  id: string;
  name: string;
  position: number;
  outcome: "open" | "won" | "lost";
}
export interface Catalogue {
  products: Product[];
  accounts: Account[];
  stages: Stage[];
}

const products: [name: string, short: string, series: string, listPrice: number, pieces: [number, number]][] = [
  ["Bench B2", "bench scales", "Scales", 890, [6, 14]],
  ["Floor F6", "floor scales", "Scales", 2_450, [3, 6]],
  ["Crane K1", "the crane scale", "Scales", 3_900, [2, 4]],
  ["Checkweigher C3", "the checkweigher", "Lines", 14_800, [1, 2]],
  ["Checkweigher C3 Washdown", "the washdown checkweigher", "Lines", 19_600, [1, 1]],
  ["Dosing line D1", "the dosing line", "Lines", 27_500, [1, 1]],
  ["Tollbrook Connect", "Connect", "Software", 5_200, [1, 3]],
  ["Calibration plan", "the calibration plan", "Service", 1_850, [3, 6]],
];

const sectors: [sector: string, names: string[]][] = [
  ["Food and drink", ["Brightmoor Dairy", "Oakhollow Bakeries", "Larkfield Foods", "Saltmarsh Fisheries", "Penhale Cider", "Rowanberry Preserves", "Millrace Flour", "Copperpot Kitchens", "Highmeadow Poultry", "Tidewell Seafood", "Amberline Honey", "Fernbank Roasters", "Stonecross Creamery", "Wrenfield Snacks", "Gallowhill Spirits", "Sunnyside Orchards", "Hartsel Pasta", "Clearbrook Waters", "Dunmore Meats", "Plumtree Juices"]], // prettier-ignore
  ["Chemicals", ["Vantor Coatings", "Helix Polymers", "Morrowby Paints", "Calder Resins", "Isoquant Labs", "Bluepeak Pigments", "Norrland Solvents", "Astrel Pharma", "Kestrel Adhesives", "Quarrybank Minerals", "Silverton Salts", "Praxel Diagnostics", "Ironmoor Fertilisers", "Lumen Cosmetics", "Thornwick Soaps", "Arbutus Pharma", "Westerby Plastics", "Delphine Fragrance", "Corvane Catalysts", "Redwater Glass"]], // prettier-ignore
  ["Logistics", ["Farpost Freight", "Harbourline Cargo", "Northgate Parcels", "Swiftmoor Couriers", "Anchorage Cold Store", "Bellweather Shipping", "Crosswinds Air Cargo", "Docklands Handling", "Everett Removals", "Longmile Haulage", "Packhorse Fulfilment", "Quayside Terminals", "Ridgeway Pallets", "Stanmore Warehousing", "Trailhead Logistics", "Union Yard Recycling", "Viaduct Rail Freight", "Waypoint Parcels", "Zenith Fulfilment", "Kingfisher Ports"]], // prettier-ignore
];
const towns = ["Aldersea", "Brackwater", "Corran", "Dunfell", "Eastmere", "Fallowfield", "Grantham Cross", "Highcliff"];

const stages: [name: string, outcome: Stage["outcome"]][] = [
  ["Prospecting", "open"],
  ["Qualified", "open"],
  ["Proposal", "open"],
  ["Agreed", "open"],
  ["Won", "won"],
  ["Lost", "lost"],
];

/** What is sold, to whom, and the way a sale goes. */
export function makeCatalogue({ now }: Setting): Catalogue {
  const since = now - (now % day) - 731 * day;
  return {
    products: products.map(([name, short, , price, pieces]) => ({
      id: idOf(`product ${name}`, since),
      name,
      short,
      listMinor: price * 100,
      pieces,
    })),
    accounts: sectors.flatMap(([, names], team) => names.map((name) => ({ id: idOf(`account ${name}`, since), name, team }))),
    stages: stages.map(([name, outcome], position) => ({ id: idOf(`stage ${name}`, since), name, position, outcome })),
  };
}

export function addCatalogue({ rows }: Setting, catalogue: Catalogue): void {
  for (const [index, { id, name, listMinor }] of catalogue.products.entries())
    rows.add("product", {
      id,
      source: "sample",
      external_id: name,
      name,
      series: products[index]?.[2] ?? null,
      list_price_minor: listMinor,
      currency: "USD",
    });
  for (const { id, name, team } of catalogue.accounts) {
    const random = randomFor(`account ${name}`);
    rows.add("account", {
      id,
      source: "sample",
      external_id: name,
      name,
      sector: sectors[team]?.[0] ?? null,
      location: random.pick(towns),
      employees: Math.round(60 * random.aroundOne(0.9)),
      annual_revenue_minor: Math.round(18 * random.aroundOne(0.8)) * 100_000_000,
      founded_in: random.int(1921, 2016),
    });
  }
  for (const { id, name, position, outcome } of catalogue.stages) rows.add("stage", { id, name, position, outcome });
}

/**
 * Categories guessed from a product's name, in the languages of the catalogue (French, German, Italian, English, Indonesian).
 * The first that matches wins, so the narrow ones stand first: a "milk chocolate" is sweet, not dairy. `low` and `high` are
 * plausible shelf prices in rupiah.
 */
export interface Category {
  readonly name: string;
  readonly low: number;
  readonly high: number;
  readonly words: RegExp;
}

/** Matches words that begin with one of `beginnings`, separated by blanks; `_` stands for a blank. */
function startOf(beginnings: string): RegExp {
  const words = beginnings
    .trim()
    .split(/\s+/)
    .map((word) => word.replaceAll('_', ' '));
  return new RegExp(`(^|[^\\p{L}])(${words.join('|')})`, 'iu');
}

export const OTHER_CATEGORY: Category = { name: 'Other', low: 5_000, high: 80_000, words: /$^/ };

export const CATEGORIES: readonly Category[] = [
  {
    name: 'Baby',
    low: 15_000,
    high: 150_000,
    words: startOf(`
      baby bébé bebe infant säugling bayi bubur_bayi`),
  },
  {
    name: 'Sweets',
    low: 5_000,
    high: 60_000,
    words: startOf(`
      chocolat schokola cokelat coklat cioccolat cand(y|ies) bonbon gumm permen praline caramel karamell truffe
      nougat marshmallow licorice haribo chewing toblerone lolli`),
  },
  {
    name: 'Ice cream',
    low: 5_000,
    high: 70_000,
    words: startOf(`
      ice_cream glace eis_ es_krim gelato sorbet frozen_yog cornet`),
  },
  {
    name: 'Biscuits',
    low: 5_000,
    high: 50_000,
    words: startOf(`
      biscuit cookie keks gaufre waffle wafer biskuit cake gâteau kuchen brownie croissant muffin donut tarte
      torta madeleine guetzli kue_`),
  },
  {
    name: 'Snacks',
    low: 3_000,
    high: 40_000,
    words: startOf(`
      chips crisps popcorn pretzel bretzel cracker snack nuts almond cashew peanut noix nüsse erdnuss kacang
      keripik kerupuk pistach amande mandel trail_mix tortilla bar_ riegel barre kuaci granola_bar`),
  },
  {
    name: 'Coffee and tea',
    low: 8_000,
    high: 120_000,
    words: startOf(`
      coffee caf[ée] kaffee kopi espresso cappuccino teh_ tea thé tee_ infusion`),
  },
  {
    name: 'Drinks',
    low: 3_000,
    high: 60_000,
    words: startOf(`
      juice jus_ saft succo soda cola coca pepsi water eau_ wasser acqua air_mineral drink boisson getränk
      minuman sirop syrup limonad lemonad nectar smoothie sari_buah beer bière bier wine wein vin_ ice_tea
      iced_tea eistee kombucha energy`),
  },
  {
    name: 'Dairy and eggs',
    low: 8_000,
    high: 120_000,
    words: startOf(`
      milk lait milch latte susu cheese fromage käse formaggio keju yog joghurt yaourt butter beurre mentega
      cream crème rahm sahne quark mozzarella cheddar gruyère emmental parmesan egg oeuf œuf eier telur ricotta
      mascarpone camembert brie raclette kefir feta gouda`),
  },
  {
    name: 'Meat and fish',
    low: 20_000,
    high: 150_000,
    words: startOf(`
      beef bœuf boeuf rind sapi chicken poulet poulard huhn hähnchen ayam pork porc schwein ham jambon schinken
      bacon lardon speck saus(age|is) wurst sosis salami turkey dinde pute fish poisson fisch ikan tuna thon
      thunfisch salmon saumon lachs shrimp crevette udang sardine anchov crab steak meatball bakso viande
      prosciutto chorizo cervelas kebab nugget`),
  },
  {
    name: 'Bread and cereals',
    low: 8_000,
    high: 60_000,
    words: startOf(`
      bread pain_ brot pane_ roti toast bagel bun baguette zwieback knäcke cereal céréale muesli müesli müsli
      granola oat avoine hafer flakes flocons sereal`),
  },
  {
    name: 'Noodles, rice and pasta',
    low: 3_000,
    high: 60_000,
    words: startOf(`
      noodle nouille nudel mie_ mi_ indomie bihun pasta pâtes spaghett penne fusilli macaroni lasagn ravioli
      tortellini gnocchi rice riz reis beras risotto couscous quinoa spätzli linguine tagliatelle polenta
      bulgur`),
  },
  {
    name: 'Ready meals and soups',
    low: 10_000,
    high: 90_000,
    words: startOf(`
      soup soupe suppe sup_ soto bouillon broth pizza burrito sandwich curry kari_ burger stew chili salad
      salat rösti quiche wrap sushi nasi menu meal dumpling`),
  },
  {
    name: 'Sauces and spices',
    low: 4_000,
    high: 60_000,
    words: startOf(`
      sauce salsa saus sambal kecap ketchup mayo mustard moutarde senf dressing pesto vinaigre vinegar essig
      cuka salt sel_ salz garam pepper poivre pfeffer spice épice bumbu seasoning herb curcuma paprika dip
      hummus houmous guacamole marinade`),
  },
  {
    name: 'Spreads and baking',
    low: 8_000,
    high: 80_000,
    words: startOf(`
      jam confiture konfitüre selai honey miel honig madu nutella spread tartin flour farine mehl tepung sugar
      sucre zucker gula vanil cinnamon baking yeast oil huile öl olio minyak margarin jelly pudding dessert
      mousse`),
  },
  {
    name: 'Fruit and vegetables',
    low: 5_000,
    high: 70_000,
    words: startOf(`
      fruit obst frutta buah apple pomme apfel apel banan pisang orange jeruk berry berries fraise erdbeer
      strawberr blueberr raspberr framboise mango mangga pineapple ananas peach pêche raisin dates datte
      vegetable légume gemüse sayur tomat potato kartoffel kentang carrot carotte wortel onion oignon bean
      haricot bohne pea pois erbsen lentil linsen corn maïs jagung mushroom champignon jamur spinach épinard
      spinat olive pickle cornichon chickpea tofu tempe cherr coconut coco kelapa avocado lemon citron zitrone
      lime`),
  },
  {
    name: 'Household and care',
    low: 5_000,
    high: 100_000,
    words: startOf(`
      soap savon seife sabun shampo toothpaste dentifrice zahnpasta pasta_gigi detergent deodorant tissue tisu
      serviette lotion gel_douche duschgel sanit candle batter(y|ies)`),
  },
];

/** The category a name suggests; {@link OTHER_CATEGORY} where none does. */
export function guessCategory(name: string): Category {
  const padded = `${name} `;
  return CATEGORIES.find(({ words }) => words.test(padded)) ?? OTHER_CATEGORY;
}

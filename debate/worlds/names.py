"""People, firms and places that several worlds draw on."""

from __future__ import annotations

SURNAMES = (
    *("Abara", "Ashdown", "Bellweather", "Brandt", "Carrow", "Chaudhry", "Cleave", "Dacosta", "Dunmore", "Eklund"),
    *("Farrant", "Fenwick", "Gathercole", "Greaves", "Hallett", "Harker", "Ibarra", "Jessop", "Kaminski", "Kettle"),
    *("Larkin", "Lindqvist", "Mbeki", "Merriman", "Nakata", "Norcott", "Okafor", "Orchard", "Pascoe", "Pettigrew"),
    *("Quayle", "Rasmussen", "Redfern", "Salter", "Sorensen", "Tamsin", "Thackray", "Ullman", "Venn", "Wakeham"),
    *("Wexford", "Yardley", "Zielinski", "Trelawny", "Osei", "Maddox", "Ingram", "Halloran", "Dray", "Colquhoun"),
)
WOMEN = (
    *("Agnes", "Beatrix", "Clara", "Dorothea", "Edith", "Flora", "Greta", "Harriet", "Ines", "Judith", "Katya"),
    *("Leonora", "Mabel", "Nadia", "Olive", "Philippa", "Rosalind", "Sabine", "Thea", "Ursula", "Vera", "Winifred"),
)
MEN = (
    *("Alban", "Bernard", "Conrad", "Desmond", "Edgar", "Felix", "Gilbert", "Hugo", "Ivor", "Jasper", "Kenneth"),
    *("Lionel", "Magnus", "Noel", "Oswald", "Piers", "Reuben", "Silas", "Tobias", "Victor", "Walter", "Yusuf"),
)
PLACES = (
    *("Ashby Quay", "Barrowmouth", "Callow Bridge", "Dunswick", "Easter Moor", "Fallowfield", "Greyhaven"),
    *("Hexley", "Inchmere", "Kelbrook", "Langtoft", "Marsh End", "Netherby", "Orford Lea", "Penhallow"),
    *("Quern Hill", "Ravenscar", "Saltby", "Thornwick", "Upper Wold", "Varley", "Westering", "Yarnfield"),
)

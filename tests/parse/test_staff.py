import pytest

from parse.html_post import is_staff

RUNNING_THE_PLACE = [
    "Super-Moderator",
    "Supermoderator",
    "Modératrice",
    "Moderadora",
    "Moderatori",
    "Модератор",
    "Moderatör",
    "Moderátor",
    "Moderaattori",
    "版主",
    "モデレーター",
    "Co-Admin",
    "Administrateur",
    "Amministratore",
    "Администратор",
    "Administratör",
    "Yönetici",
    "Správce",
    "管理员",
    "Beheerder",
    "Forenteam",
    "Équipe",
    "Mitarbeiterin",
    "Community Manager",
]
EVERYBODY_ELSE = [
    "Member",
    "Badminton fan",
    "Amin",
    "Steam user",
    "Teamster",
    "Moderate poster",
    "Модельер",
    "Community Guru",
]


@pytest.mark.parametrize("rank", RUNNING_THE_PLACE)
def test_a_rank_speaks_for_whoever_runs_the_place_in_many_languages(rank):
    assert is_staff(rank)


@pytest.mark.parametrize("rank", EVERYBODY_ELSE)
def test_other_ranks_do_not(rank):
    assert not is_staff(rank)

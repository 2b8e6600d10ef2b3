import pytest

from bot.drill.number import NumberError, ten_digits


@pytest.mark.parametrize(
    "written",
    [
        "2135550142",
        "12135550142",
        "+12135550142",
        "(213) 555-0142",
        "(213)555-0142",
        "213-555-0142",
        "213.555.0142",
        "213 555 0142",
        "1-213-555-0142",
        "+1 (213) 555-0142",
        "+1 213.555.0142",
        "tel:+1-213-555-0142",
        "  213/555/0142\n",
        "213\u2013555\u20110142",
        "\uff12\uff11\uff13 555 0142",
    ],
)
def test_any_usual_writing_is_read(written: str) -> None:
    assert ten_digits(written) == "2135550142"


@pytest.mark.parametrize(
    "written",
    [
        pytest.param("", id="nothing"),
        pytest.param("555-0142", id="no area"),
        pytest.param("213-555-01421", id="a digit too many"),
        pytest.param("22135550142", id="eleven without the one"),
        pytest.param("+2135550142", id="another country"),
        pytest.param("+442079460142", id="yet another"),
        pytest.param("113-555-0142", id="no such area"),
        pytest.param("213-155-0142", id="no such exchange"),
        pytest.param("213-555-0142 ext 5", id="an extension"),
        pytest.param("two one three", id="words"),
        pytest.param("741741", id="a short code"),
        pytest.param("٢١٣٥٥٥٠١٤٢", id="digits of another script"),
    ],
)
def test_anything_else_is_refused_without_repeating_it(written: str) -> None:
    with pytest.raises(NumberError) as refused:
        ten_digits(written)
    assert "phone number" in str(refused.value)
    assert not [word for word in written.split() if len(word) > 4 and word in str(refused.value)]

"""The harness itself: what it must notice, it notices."""

import pytest

from support.browser import Watch, assert_accessible, assert_no_sideways_scroll, at_width


def test_axe_finds_a_barrier_that_was_put_there(open_page):
    page = open_page()
    page.goto("/about/")
    page.evaluate(
        "document.querySelector('main').insertAdjacentHTML('beforeend', '<img src=\"/static/office/icon.svg\">')"
    )
    with pytest.raises(AssertionError, match="image-alt"):
        assert_accessible(page)


def test_a_page_that_is_too_wide_is_noticed(open_page):
    page = at_width(open_page(), 320)
    page.goto("/about/")
    page.evaluate("document.querySelector('main').style.width = '500px'")
    with pytest.raises(AssertionError, match="wider than 320"):
        assert_no_sideways_scroll(page)


def test_a_request_to_elsewhere_and_an_inline_script_are_noticed(browser, office):
    watch = Watch()
    page = browser.new_page(base_url=office.address)
    watch.over(page)
    page.goto("/about/")
    assert watch.problems == []
    page.evaluate("""() => {
        const script = document.createElement('script');
        script.textContent = 'document.title = "taken"';
        document.body.append(script);
        const image = document.createElement('img');
        image.src = 'http://192.0.2.1/pixel.png';
        document.body.append(image);
    }""")
    page.wait_for_timeout(300)
    assert page.title() != "taken"
    assert sum("script" in problem for problem in watch.problems) >= 1
    assert any("192.0.2.1" in problem for problem in watch.problems)
    page.close()

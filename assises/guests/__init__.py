"""Who is invited to the day, and who comes?"""
